-- What Gennaker keeps. Temporal's history is the authority on where a run stands; executions, stages,
-- cluster_rollouts and rollout_objects are its projection, written by idempotent journal activities.

create table pipelines (
	name              text primary key,
	source            text        not null check (source in ('folder', 'api')),
	current_revision  uuid,
	next_number       bigint      not null default 1,
	-- What is wrong with what was read last, where that did not become a revision.
	problems          jsonb       not null default '[]',
	-- Of the folder's content that became a revision last; one that came by the API since then stays.
	folder_sha256     text,
	created_at        timestamptz not null default now()
);

-- Immutable: every saved change of a pipeline is one row.
create table revisions (
	id          uuid primary key,
	pipeline    text        not null references pipelines,
	number      int         not null,
	description text        not null default '',
	document    text        not null,
	bundle      bytea       not null,
	sha256      text        not null,
	created_at  timestamptz not null default now(),
	created_by  text        not null,
	unique (pipeline, number)
);
alter table pipelines add foreign key (current_revision) references revisions;

create table executions (
	id               uuid primary key,
	pipeline         text        not null references pipelines,
	number           bigint      not null,
	revision_id      uuid        not null references revisions,
	status           text        not null,
	message          text,
	lost             boolean     not null default false,
	trigger_type     text        not null,
	trigger_facts    jsonb       not null default '{}',
	pushed           jsonb       not null default '[]',
	started_by       text        not null,
	parameters       jsonb       not null default '{}',
	artifacts        jsonb       not null default '{}',
	bindings         jsonb,
	inventory        jsonb       not null default '[]',
	idempotency_key  text,
	-- Tells a repeated request from another one with the same key.
	fingerprint      text        not null default '',
	concurrency      int         not null default 1,
	sequence         bigint      not null default -1,
	created_at       timestamptz not null default now(),
	-- Its turn has come: it counts against the pipeline's limit.
	admitted_at      timestamptz,
	-- Its workflow was started.
	launched_at      timestamptz,
	started_at       timestamptz,
	ended_at         timestamptz,
	unique (pipeline, number)
);
create unique index executions_idempotency on executions (pipeline, idempotency_key) where idempotency_key is not null;
create index executions_by_pipeline on executions (pipeline, id desc);
create index executions_by_status on executions (status, id desc);
create index executions_open on executions (pipeline, id) where status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED');

create table stages (
	execution_id  uuid        not null references executions on delete cascade,
	stage_id      text        not null,
	ordinal       int         not null,
	type          text        not null,
	status        text        not null,
	message       text,
	wait_until    timestamptz,
	outputs       jsonb       not null default '{}',
	sequence      bigint      not null default -1,
	started_at    timestamptz,
	ended_at      timestamptz,
	changed_at    timestamptz,
	primary key (execution_id, stage_id)
);

create table cluster_rollouts (
	execution_id  uuid        not null references executions on delete cascade,
	stage_id      text        not null,
	cluster       text        not null,
	wave          int         not null,
	status        text        not null,
	group_title   text,
	message       text,
	namespace     text,
	release       text,
	bake          text,
	manifests     text,
	sequence      bigint      not null default -1,
	started_at    timestamptz,
	ended_at      timestamptz,
	changed_at    timestamptz,
	primary key (execution_id, stage_id, cluster)
);

create table rollout_objects (
	execution_id  uuid        not null references executions on delete cascade,
	stage_id      text        not null,
	cluster       text        not null,
	ordinal       int         not null,
	group_index   int         not null,
	component     text        not null,
	kind          text        not null,
	namespace     text        not null,
	name          text        not null,
	state         text        not null,
	message       text        not null default '',
	changed_at    timestamptz not null default now(),
	primary key (execution_id, stage_id, cluster, ordinal)
);

-- What happened, for people and for server-sent events. Ids grow in the order of commit within an execution.
create table events (
	id            bigint generated always as identity primary key,
	execution_id  uuid        not null references executions on delete cascade,
	at            timestamptz not null default now(),
	kind          text        not null,
	stage_id      text,
	cluster       text,
	status        text,
	message       text        not null
);
create index events_by_execution on events (execution_id, id);

create table manifests (
	digest      text primary key,
	content     text        not null,
	created_at  timestamptz not null default now()
);

create table bakes (
	digest      text primary key,
	result      jsonb       not null,
	provenance  jsonb       not null,
	bound       jsonb       not null,
	created_at  timestamptz not null default now()
);

create table execution_bakes (
	execution_id  uuid not null references executions on delete cascade,
	stage_id      text not null,
	digest        text not null references bakes,
	primary key (execution_id, stage_id)
);

-- What executions left in clusters; the newest of a place is what runs there.
create table releases (
	id            bigint generated always as identity primary key,
	cluster       text        not null,
	namespace     text        not null,
	release       text        not null,
	execution_id  uuid        not null references executions,
	stage_id      text        not null,
	bake          text        not null,
	manifests     text        not null,
	artifacts     jsonb       not null,
	released_at   timestamptz not null,
	unique (execution_id, stage_id, cluster, namespace, release)
);
create index releases_by_place on releases (cluster, namespace, release, id desc);

create table gates (
	execution_id   uuid        not null references executions on delete cascade,
	stage_id       text        not null,
	opened_at      timestamptz not null default now(),
	deadline       timestamptz,
	closed_at      timestamptz,
	outcome        text,
	instructions   text        not null,
	users          jsonb       not null default '[]',
	groups         jsonb       not null default '[]',
	count          int         not null,
	self_approval  boolean     not null,
	ahead          jsonb       not null default '[]',
	primary key (execution_id, stage_id)
);
create index gates_open on gates (opened_at) where closed_at is null;

-- A decision is written before the workflow hears of it. One voice per person and gate.
create table decisions (
	id            uuid primary key,
	execution_id  uuid        not null,
	stage_id      text        not null,
	decision      text        not null check (decision in ('approve', 'reject')),
	decided_by    text        not null,
	reason        text        not null,
	decided_at    timestamptz not null default now(),
	delivered_at  timestamptz,
	-- What weighing it came to: APPROVED, REJECTED, MORE_NEEDED or REFUSED.
	outcome       text,
	missing       int         not null default 0,
	refusal       text,
	foreign key (execution_id, stage_id) references gates on delete cascade
);
create unique index decisions_one_voice on decisions (execution_id, stage_id, decided_by)
	where outcome is distinct from 'REFUSED';
create index decisions_by_gate on decisions (execution_id, stage_id, id);
create index decisions_undelivered on decisions (decided_at) where delivered_at is null;

-- Webhook deliveries: stored before the answer, worked off afterwards.
create table deliveries (
	id            uuid primary key,
	receiver      text        not null,
	received_at   timestamptz not null default now(),
	fingerprint   text        not null,
	content_type  text        not null,
	payload       text        not null,
	status        text        not null check (status in ('PENDING', 'STARTED', 'IGNORED', 'DUPLICATE', 'FAILED')),
	verdict       text        not null default '',
	attempts      int         not null default 0,
	next_attempt  timestamptz not null default now(),
	executions    jsonb       not null default '[]',
	replay_of     uuid references deliveries,
	replayed_by   text
);
create index deliveries_newest on deliveries (id desc);
create index deliveries_pending on deliveries (next_attempt) where status = 'PENDING';
create index deliveries_by_fingerprint on deliveries (fingerprint);

-- Append-only.
create table audit (
	id       bigint generated always as identity primary key,
	at       timestamptz not null default now(),
	actor    text        not null,
	action   text        not null,
	subject  text        not null,
	outcome  text        not null,
	detail   text        not null default ''
);
create index audit_by_subject on audit (subject, id desc);
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
	raise exception 'audit entries are never changed';
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function audit_is_append_only();

-- Wakes open pages: the payload is the id of the execution that changed.
create function notify_execution() returns trigger language plpgsql as $$
begin
	perform pg_notify('gennaker_execution', new.execution_id::text);
	return null;
end $$;
create trigger events_notify after insert on events for each row execute function notify_execution();
create trigger objects_notify after insert or update on rollout_objects for each row execute function notify_execution();
