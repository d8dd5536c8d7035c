-- on a server of its own
-- problem: postgres transaction id; template1 transaction id; template0 transaction id; postgres multixact id; template1 multixact id; template0 multixact id
update maint.check_thresholds set value = '0.000000001' where check_name = 'transaction_ids_near_end';
-- repair
update maint.check_thresholds set value = null where check_name = 'transaction_ids_near_end';
