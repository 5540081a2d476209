-- What the Jobs of an execution's stages logged: the last lines, without secrets.
create table job_logs (
	execution_id  uuid        not null references executions on delete cascade,
	stage_id      text        not null,
	cluster       text        not null,
	content       text        not null,
	kept_at       timestamptz not null default now(),
	primary key (execution_id, stage_id, cluster)
);
