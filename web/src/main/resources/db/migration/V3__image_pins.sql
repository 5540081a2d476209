-- The digests that images of no artifact got when a bake first asked for them, so that every further attempt at it
-- gives the same manifests.
create table image_pins (
	execution_id  uuid        not null references executions on delete cascade,
	stage_id      text        not null,
	image         text        not null,
	digest        text        not null,
	pinned_at     timestamptz not null default now(),
	primary key (execution_id, stage_id, image)
);
