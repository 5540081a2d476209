-- Since when a cluster under way does not answer, in whose words, when it is tried again and until when.
alter table cluster_rollouts add column away_since timestamptz;
alter table cluster_rollouts add column away_next timestamptz;
alter table cluster_rollouts add column away_until timestamptz;
alter table cluster_rollouts add column away_words text;
create trigger rollouts_notify after update of away_since, away_next on cluster_rollouts
	for each row execute function notify_execution();

-- A cluster that is tried again begins with its objects anew.
alter table rollout_objects add column attempt int not null default 1;
