-- What each cluster said last of its version and APIs, for bakes while it does not answer.
create table cluster_capabilities (
	cluster       text primary key,
	kube_version  text        not null,
	apis          jsonb       not null,
	seen_at       timestamptz not null
);
