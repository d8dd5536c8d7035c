-- Another valid index on the same columns in the same way.

select other.indexrelid::regclass::text as name
from pg_index as this
join pg_index as other
    on other.indrelid = this.indrelid and other.indexrelid <> this.indexrelid
    and other.indkey::text = this.indkey::text and other.indclass::text = this.indclass::text
    and other.indoption::text = this.indoption::text and other.indcollation::text = this.indcollation::text
    and pg_get_expr(other.indexprs, other.indrelid) is not distinct from pg_get_expr(this.indexprs, this.indrelid)
    and pg_get_expr(other.indpred, other.indrelid) is not distinct from pg_get_expr(this.indpred, this.indrelid)
where this.indexrelid = format('%%I.%%I', %s::text, %s::text)::regclass
