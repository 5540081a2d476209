-- How the newest release of every place compared with its cluster, the last time that was looked at.
create table drift (
	cluster       text        not null,
	namespace     text        not null,
	release       text        not null,
	-- The release that is compared: what was found of an earlier one does not count.
	execution_id  uuid        not null references executions,
	manifests     text        not null,
	-- Null until it was looked at once.
	state         text        check (state in ('IN_SYNC', 'DRIFTED', 'UNKNOWN')),
	message       text        not null default '',
	digest        text        not null default '',
	objects       jsonb       not null default '[]',
	-- In how many looks, one after the other, the same was found.
	looks         int         not null default 0,
	since         timestamptz,
	looked_at     timestamptz,
	-- When the cluster answered last.
	answered_at   timestamptz,
	next_look     timestamptz not null,
	-- A person wants a look before that.
	asked         boolean     not null default false,
	primary key (cluster, namespace, release)
);
create index drift_due on drift (next_look);
create index drift_asked on drift (next_look) where asked;
