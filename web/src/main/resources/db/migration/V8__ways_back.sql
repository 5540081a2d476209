-- What an execution has from another one: a restart goes on where that stopped, a rollback brings back what ran
-- before it. The plan is kept as Temporal carries it.
alter table executions
	add column kind          text    not null default 'forward' check (kind in ('forward', 'restart', 'rollback')),
	add column origin        uuid references executions,
	add column restart_from  text,
	add column plan          json,
	-- How old what it brings is, where it is older than the execution: a restart brings what the first one brought.
	add column built_at      timestamptz,
	-- Whether whoever started it allowed it to replace something newer.
	add column allow_older   boolean not null default false;
create index executions_by_origin on executions (origin) where origin is not null;

-- Who holds a place (a cluster, a namespace, a release's name) and who waits for it, in the order of tickets. The
-- holder has a token; every holder of a place has a higher one than those before it.
create sequence place_lock_tokens;
create table place_locks (
	ticket        bigint generated always as identity primary key,
	cluster       text        not null,
	namespace     text        not null,
	release       text        not null,
	execution_id  uuid        not null references executions on delete cascade,
	stage_id      text        not null,
	token         bigint unique,
	asked_at      timestamptz not null default now(),
	-- When it asked last; one that no longer does lets others pass.
	seen_at       timestamptz not null default now(),
	held_at       timestamptz,
	unique (cluster, namespace, release, execution_id, stage_id)
);
create unique index place_locks_one_holder on place_locks (cluster, namespace, release) where token is not null;
create index place_locks_by_execution on place_locks (execution_id);
