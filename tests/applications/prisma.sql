-- In the style of Prisma: quoted camelCase, text keys, no foreign keys to speak of.
create type "Role" as enum ('USER', 'SUPER_ADMIN');
create table _prisma_migrations (id varchar(36) primary key, finished_at timestamptz);
create table "User" (
    "id" text primary key, "email" text not null, "name" text, "role" "Role" not null default 'USER',
    "createdAt" timestamp(3) not null default current_timestamp
);
create table "Account" ("id" text primary key, "userId" text not null references "User", "provider" text, "providerAccountId" text, "access_token" text);
create table "Workspace" ("id" text primary key, "name" text not null, "ownerId" text references "User", "createdAt" timestamp(3) not null default current_timestamp, "deletedAt" timestamp(3));
create table "WorkspaceMember" ("workspaceId" text references "Workspace", "userId" text references "User", "role" text, primary key ("workspaceId", "userId"));
create table "Project" ("id" text primary key, "workspaceId" text references "Workspace");
create table "AuditEvent" (
    "id" text primary key, "workspaceId" text references "Workspace", "actorId" text, "actionType" text not null, "targetType" text, "targetId" text,
    "ipAddress" text, "userAgent" text, "occurredAt" timestamp(3) not null default current_timestamp
);
create table "WebhookLog" ("id" text primary key, "url" text, "statusCode" integer, "createdAt" timestamp(3) not null default current_timestamp);
create table "DataExportJob" ("id" text primary key, "userId" text references "User", "state" text, "createdAt" timestamp(3) default current_timestamp, "completedAt" timestamp(3), "downloadUrl" text);
