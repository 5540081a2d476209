-- An execution that takes a cluster back leaves a second release there, with other manifests.
alter table releases drop constraint releases_execution_id_stage_id_cluster_namespace_release_key;
alter table releases add constraint releases_once
	unique (execution_id, stage_id, cluster, namespace, release, manifests);

-- The objects of a cluster are those of the manifests that it was taken to last.
alter table rollout_objects add column manifests text;
