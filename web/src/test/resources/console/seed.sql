create function pg_temp.d(t text) returns text language sql as $$ select 'sha256:' || encode(sha256(t::bytea), 'hex') $$;
create function pg_temp.image(component text, tag text, origin text) returns jsonb language sql as $$
	select jsonb_build_object('component', component, 'image', 'registry.example.com/classroom/' || component,
		'tag', tag, 'digest', pg_temp.d(component || tag), 'origin', origin) $$;
create function pg_temp.images(api text) returns jsonb language sql as $$
	select jsonb_build_object('api', pg_temp.image('api', api, 'CHOSEN'), 'proxy', pg_temp.image('proxy', 'v1.7.2', 'LAST_RELEASE'),
		'jobrunner', pg_temp.image('jobrunner', 'v1.7.2', 'PUSHED'), 'registry-mirror', pg_temp.image('registry-mirror', '2.1.0', 'DEFAULT')) $$;

-- Ended executions, oldest first, then those that matter.
insert into executions (id, pipeline, number, revision_id, status, trigger_type, started_by, parameters, artifacts, bindings,
	message, created_at, launched_at, started_at, ended_at)
select ('01970000-0000-7000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, 'classroom', n, p.current_revision,
	case when n % 7 = 3 then 'FAILED' when n % 11 = 5 then 'CANCELED' else 'SUCCEEDED' end,
	case when n % 3 = 0 then 'image' else 'manual' end, case when n % 3 = 0 then 'mirror' else 'kim' end,
	'{"chartVersion": "1.4.0", "clusters": ["beijing", "guangdong-1"], "logLevel": "info"}', '{"api": "v1.8.0"}',
	jsonb_build_object('common', pg_temp.images('v1.' || (n / 3) || '.0'), 'byCluster', '{}'::jsonb),
	case when n % 7 = 3 then 'south failed: api in guangdong-1 did not become healthy' end,
	now() - (40 - n) * interval '7 hours', now() - (40 - n) * interval '7 hours', now() - (40 - n) * interval '7 hours',
	now() - (40 - n) * interval '7 hours' + n * interval '37 seconds'
from generate_series(1, 33) n, pipelines p where p.name = 'classroom';

insert into executions (id, pipeline, number, revision_id, status, message, lost, trigger_type, trigger_facts, pushed, started_by,
	parameters, artifacts, bindings, created_at, launched_at, started_at, ended_at)
select e.id::uuid, 'classroom', e.number, p.current_revision, e.status, e.message, e.lost, e.type, e.facts::jsonb, '["api"]', e.by,
	jsonb_build_object('chartVersion', '1.4.0', 'clusters', '["beijing", "guangdong-1"]'::jsonb, 'note', '${HOSTILE}'), '{"api": "v1.9.0"}',
	jsonb_build_object('common', pg_temp.images('v1.9.0'), 'byCluster',
		jsonb_build_object('shanghai-1', jsonb_build_object('proxy', pg_temp.image('proxy', 'v1.7.1', 'LAST_RELEASE')))),
	now() - e.ago::interval, now() - e.ago::interval, now() - e.ago::interval, case when e.ended then now() - interval '2 minutes' end
from pipelines p, (values
	('${FLEET}', 34, 'RUNNING', null, false, 'api', '{}', 'fleet-bot', '22 minutes', false),
	('${FAILED}', 35, 'FAILED', 'south failed ${HOSTILE}', false, 'manual', '{}', '${HOSTILE}', '70 minutes', true),
	('${RUNNING}', 36, 'RUNNING', null, false, 'image', '{"repository": "classroom/api", "tag": "v1.9.0${HOSTILE}"}', 'mirror', '4 minutes', false),
	('${WAITING}', 37, 'WAITING', 'go-south waits for 2 approvals', false, 'manual', '{}', 'engineer', '16 minutes', false),
	('${STUCK}', 38, 'WAITING', 'south waits', false, 'manual', '{}', 'engineer', '9 minutes', false)
	) e (id, number, status, message, lost, type, facts, by, ago, ended) where p.name = 'classroom';

update executions set inventory = (select jsonb_agg(jsonb_build_object('name', c.name, 'region', c.region, 'labels', '{}'::jsonb))
	from (values ('beijing', 'beijing'), ('guangdong-1', 'guangdong'), ('guangdong-2', 'guangdong'), ('shanghai-1', 'shanghai')) c (name, region));
update executions set lost = true where pipeline = 'classroom' and number = 31;

insert into stages (execution_id, stage_id, ordinal, type, status, message, wait_until, outputs, started_at, ended_at)
select e.id, s.id, s.ordinal, s.type, case when e.number > 33 then 'PENDING' when e.status = 'SUCCEEDED' or s.ordinal < 4 then 'SUCCEEDED' else e.status end,
	null, null, case when s.id = 'bake' then jsonb_build_object('digest', pg_temp.d('bake')) else '{}' end,
	e.started_at + s.ordinal * interval '20 seconds', e.started_at + s.ordinal * interval '40 seconds'
from executions e, (values ('bake', 0, 'bake'), ('beijing', 1, 'deploy'), ('soak', 2, 'wait'), ('go-south', 3, 'approval'), ('south', 4, 'deploy')) s (id, ordinal, type);
update stages set status = 'SUCCEEDED' where execution_id in ('${RUNNING}', '${FAILED}', '${FLEET}') and stage_id <> 'south';
update stages set status = 'RUNNING', ended_at = null where execution_id in ('${RUNNING}', '${FLEET}') and stage_id = 'south';
update stages set status = 'FAILED', message = E'guangdong-1: api did not become healthy\npod api-7d9f-x2  ImagePullBackOff: not found ${HOSTILE}\nlast log lines: panic: no route to host'
	where execution_id = '${FAILED}' and stage_id = 'south';
update stages set status = 'SUCCEEDED' where execution_id = '${WAITING}' and stage_id in ('bake', 'beijing');
update stages set status = 'WAITING', message = 'soaks ten minutes', wait_until = now() + interval '3 minutes 12 seconds', ended_at = null where execution_id = '${WAITING}' and stage_id = 'soak';
update stages set status = 'WAITING', message = 'waits for 2 approvals of group release-managers', wait_until = now() + interval '23 hours', ended_at = null where execution_id = '${WAITING}' and stage_id = 'go-south';
update stages set started_at = null, ended_at = null where execution_id = '${WAITING}' and stage_id = 'south';
update stages set status = 'SUCCEEDED' where execution_id = '${STUCK}' and stage_id <> 'south';
update stages set status = 'WAITING', message = '2 clusters failed, 1 may', ended_at = null where execution_id = '${STUCK}' and stage_id = 'south';

insert into cluster_rollouts (execution_id, stage_id, cluster, wave, status, group_title, message, namespace, release, bake, manifests, started_at, ended_at)
values
	('${RUNNING}', 'beijing', 'beijing', 0, 'SUCCEEDED', null, null, 'classroom', 'classroom', pg_temp.d('bake'), pg_temp.d('m1'), now() - interval '4 minutes', now() - interval '2 minutes'),
	('${RUNNING}', 'south', 'guangdong-1', 0, 'RUNNING', 'api', 'api: Deployment 2 of 3 ready; pod api-7d9f-x2 ImagePullBackOff: not found', 'classroom', 'classroom', pg_temp.d('bake'), pg_temp.d('m1'), now() - interval '1 minute', null),
	('${RUNNING}', 'south', 'guangdong-2', 1, 'WAITING', null, 'waits for guangdong-1 (soak 5 min)', 'classroom', 'classroom', pg_temp.d('bake'), pg_temp.d('m1'), null, null),
	('${RUNNING}', 'south', 'shanghai-1', 1, 'PENDING', null, 'waits for guangdong-1 ${HOSTILE}', 'classroom', 'classroom', pg_temp.d('bake'), pg_temp.d('m1'), null, null),
	('${WAITING}', 'beijing', 'beijing', 0, 'SUCCEEDED', null, null, 'classroom', 'classroom', pg_temp.d('bake'), pg_temp.d('m1'), now() - interval '14 minutes', now() - interval '12 minutes'),
	('${WAITING}', 'south', 'guangdong-1', 0, 'PENDING', null, null, 'classroom', 'classroom', pg_temp.d('bake'), pg_temp.d('m1'), null, null),
	('${FAILED}', 'south', 'guangdong-1', 0, 'FAILED', 'api', 'api did not become healthy ${HOSTILE}', 'classroom', 'classroom', pg_temp.d('bake'), pg_temp.d('m1'), now() - interval '60 minutes', now() - interval '50 minutes');
insert into cluster_rollouts (execution_id, stage_id, cluster, wave, status, message, started_at)
select '${FLEET}', 'south', 'edge-' || lpad(n::text, 2, '0'), 0, case when n < 31 then 'SUCCEEDED' when n < 40 then 'RUNNING' when n = 40 then 'FAILED' else 'PENDING' end, null, now() - interval '5 minutes'
from generate_series(1, 60) n;

insert into cluster_rollouts (execution_id, stage_id, cluster, wave, status, message, started_at, ended_at, away_since, away_next, away_until, away_words)
values
	('${STUCK}', 'south', 'guangdong-1', 0, 'FAILED', 'api: pod api-1: ImagePullBackOff', now() - interval '9 minutes', now() - interval '8 minutes', null, null, null, null),
	('${STUCK}', 'south', 'guangdong-2', 1, 'FAILED', 'api: pod api-1: ImagePullBackOff', now() - interval '9 minutes', now() - interval '8 minutes', null, null, null, null),
	('${STUCK}', 'south', 'shanghai-1', 1, 'RUNNING', 'reads the manifests', now() - interval '9 minutes', null, now() - interval '8 minutes', now() + interval '20 seconds', now() + interval '50 minutes', 'connect timed out ${HOSTILE}');

insert into rollout_objects (execution_id, stage_id, cluster, ordinal, group_index, component, kind, namespace, name, state, message)
select e.id::uuid, 'south', 'guangdong-1', o.n, 0, o.component, o.kind, 'classroom', o.name, o.state, o.message
from (values ('${RUNNING}'), ('${FAILED}')) e (id), (values
	(0, '', 'ConfigMap', 'classroom-settings', 'HEALTHY', ''), (1, '', 'Secret', 'classroom-keys', 'UNCHANGED', ''),
	(2, 'registry-mirror', 'StatefulSet', 'registry-mirror', 'HEALTHY', '2 of 2 ready'), (3, 'registry-mirror', 'Service', 'registry-mirror', 'HEALTHY', ''),
	(4, 'api', 'Deployment', 'api', 'PROGRESSING', '2 of 3 ready; pod api-7d9f-x2 ImagePullBackOff: not found ${HOSTILE}'), (5, 'api', 'Service', 'api', 'APPLIED', ''),
	(6, 'api', 'HorizontalPodAutoscaler', 'api', 'FAILED', 'admission webhook denied the request'), (7, 'proxy', 'Deployment', 'proxy', 'PENDING', ''),
	(8, 'jobrunner', 'CronJob', 'jobrunner', 'PENDING', '')) o (n, component, kind, name, state, message);

insert into events (execution_id, at, kind, stage_id, cluster, status, message)
select '${RUNNING}', now() - interval '1 minute' * (9 - n), k.kind, k.stage, k.cluster, k.status, k.message
from (values (1, 'execution', null, null, 'RUNNING', 'started'), (2, 'stage', 'bake', null, 'SUCCEEDED', 'baked 24 objects'),
	(3, 'cluster', 'beijing', 'beijing', 'SUCCEEDED', 'healthy ${HOSTILE}'), (4, 'gate', 'go-south', null, 'WAITING', 'waits for 2 approvals'),
	(5, 'decision', 'go-south', null, null, 'approved by approver: looks good'), (6, 'stage', 'south', null, 'RUNNING', 'wave 1 of 2'),
	(7, 'release', 'beijing', 'beijing', null, 'runs classroom now')) k (n, kind, stage, cluster, status, message);

insert into manifests (digest, content) values (pg_temp.d('m1'), E'---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 3 # ${HOSTILE}\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\ndata:\n  token: c2VjcmV0LWNhbmFyeQ==\nstringData:\n  plain: secret-canary\n');
insert into bakes (digest, result, provenance, bound)
select pg_temp.d('bake'), jsonb_build_object('digest', pg_temp.d('bake'), 'manifests', (select jsonb_agg(jsonb_build_object('target', t.target, 'cluster', t.cluster,
		'namespace', 'classroom', 'release', 'classroom', 'digest', pg_temp.d('m1'), 'objects', 9)) from (values ('beijing', 'beijing'), ('south', 'guangdong-1'), ('south', 'guangdong-2'), ('south', 'shanghai-1')) t (target, cluster))),
	jsonb_build_object('chartName', 'classroom', 'chartVersion', '1.4.0${HOSTILE}', 'chartDigest', pg_temp.d('chart'), 'renderer', 'helm-java 0.0.21', 'notes', '{}'::jsonb, 'uncovered', '["busybox:1.36${HOSTILE}", "redis:8"]'::jsonb,
		'charts', jsonb_build_array(jsonb_build_object('source', 'oci://registry.example.com/charts/classroom${HOSTILE}', 'requested', '^1.4', 'version', '1.4.0', 'pin', pg_temp.d('pin'), 'digest', pg_temp.d('chart'),
			'dependencies', jsonb_build_array(jsonb_build_object('name', 'common', 'version', '2.0.0', 'repository', 'https://charts.example.com/${HOSTILE}', 'pin', pg_temp.d('common'), 'digest', pg_temp.d('common'))))),
		'clusters', jsonb_build_array(jsonb_build_object('target', 'beijing', 'cluster', 'beijing', 'values', jsonb_build_array(jsonb_build_object('name', 'values/prod.yaml', 'digest', pg_temp.d('values'))),
			'artifacts', jsonb_build_object('api', 'registry.example.com/classroom/api@' || pg_temp.d('api'))))),
	jsonb_build_array(jsonb_build_object('cluster', 'beijing', 'component', 'api', 'object', 'Deployment/api', 'container', 'api', 'before', 'classroom/api:1.4', 'after', 'registry.example.com/classroom/api:v1.9.0@sha256:3f2a'),
		jsonb_build_object('cluster', 'beijing', 'component', '', 'object', 'Deployment/api', 'container', 'wait', 'before', 'busybox:1.36', 'after', 'busybox:1.36@sha256:77aa'));
insert into execution_bakes select e.id, 'bake', pg_temp.d('bake') from executions e;

insert into releases (cluster, namespace, release, execution_id, stage_id, bake, manifests, artifacts, released_at)
select c.cluster, 'classroom', 'classroom', e.id, 'south', pg_temp.d('bake'), pg_temp.d('m1'), pg_temp.images(case when e.number > 33 then 'v1.9.0' else 'v1.' || (e.number / 3) || '.0' end), coalesce(e.ended_at, now() - interval '2 minutes')
from executions e, (values ('beijing', 37), ('guangdong-1', 33), ('guangdong-2', 33)) c (cluster, last)
where e.number <= c.last and e.status = 'SUCCEEDED' or (c.cluster = 'beijing' and e.id in ('${RUNNING}', '${WAITING}')) order by e.number;

insert into drift (cluster, namespace, release, execution_id, manifests, state, message, digest, objects, looks, since, looked_at, answered_at, next_look)
select n.cluster, n.namespace, n.release, n.execution_id, n.manifests, f.state, f.message, f.state, f.objects::jsonb, 3, now() - interval '20 minutes', now() - interval '1 minute', now() - interval '30 minutes', now() + interval '1 day'
from (select distinct on (cluster, namespace, release) * from releases order by cluster, namespace, release, id desc) n join (values
	('beijing', 'DRIFTED', '', '[{"kind": "Deployment", "namespace": "classroom", "name": "api", "component": "api", "difference": "CHANGED", "fields": ["spec.replicas", "metadata.annotations[${HOSTILE}]"], "diff": "--- a\n+++ b\n@@ -1,2 +1,2 @@\n-  replicas: 5\n+  replicas: 3\n # ${HOSTILE}\n", "shortened": false, "message": ""}, {"kind": "Service", "namespace": "classroom", "name": "proxy", "component": "proxy", "difference": "MISSING", "fields": [], "diff": "", "shortened": false, "message": ""}, {"kind": "Job", "namespace": "classroom", "name": "setup", "component": "", "difference": "REFUSED", "fields": [], "diff": "", "shortened": true, "message": "field is immutable ${HOSTILE}"}]'),
	('guangdong-1', 'UNKNOWN', 'Cluster guangdong-1 does not answer: connect timed out ${HOSTILE}', '[]'),
	('guangdong-2', 'IN_SYNC', '', '[]')) f (cluster, state, message, objects) on f.cluster = n.cluster;

insert into gates (execution_id, stage_id, opened_at, deadline, instructions, groups, count, self_approval, ahead)
values ('${WAITING}', 'go-south', now() - interval '12 minutes', now() + interval '23 hours', 'Check the Beijing dashboards first. ${HOSTILE}', '["release-managers"]', 2, false, '["south"]');
insert into gates (execution_id, stage_id, opened_at, closed_at, outcome, instructions, groups, count, self_approval, ahead)
values ('${RUNNING}', 'go-south', now() - interval '3 minutes', now() - interval '2 minutes', 'approved by approver', '', '["release-managers"]', 1, false, '["south"]');
insert into decisions (id, execution_id, stage_id, decision, decided_by, reason, decided_at, delivered_at, outcome)
values ('01970000-0000-7000-8000-0000000000d1', '${RUNNING}', 'go-south', 'approve', 'approver', 'looks good ${HOSTILE}', now() - interval '2 minutes', now() - interval '2 minutes', 'APPROVED'),
	('01970000-0000-7000-8000-0000000000d2', '${WAITING}', 'go-south', 'approve', 'approver2', 'dashboards are green', now() - interval '5 minutes', now() - interval '5 minutes', 'MORE_NEEDED');

insert into deliveries (id, receiver, fingerprint, content_type, payload, status, verdict, executions)
values ('${DELIVERY}', 'mirror', 'f1', 'application/json', '{"events": [{"action": "push", "tag": "v1.9.0${HOSTILE}"}]}', 'STARTED', 'started classroom #36 ${HOSTILE}', '["${RUNNING}"]'),
	('01970000-0000-7002-8000-000000000002', 'mirror', 'f2', 'application/json', '{}', 'IGNORED', 'tag `draft` does not match `^v\d+$` of pipeline classroom', '[]'),
	('01970000-0000-7003-8000-000000000003', 'hub', 'f3', 'application/json', '{}', 'FAILED', 'the registry does not answer', '[]'),
	('01970000-0000-7004-8000-000000000004', 'hub', 'f3', 'application/json', '{}', 'DUPLICATE', 'the same as before', '[]'),
	('01970000-0000-7005-8000-000000000005', 'hub', 'f5', 'application/json', '{}', 'PENDING', '', '[]');
insert into audit (actor, action, subject, outcome, detail) values ('engineer', 'execution.start', 'execution:${WAITING}', 'done', 'classroom #37 ${HOSTILE}'),
	('${HOSTILE}', 'gate.approve', 'gate:${WAITING}/go-south', 'refused', 'does not have the role approver');
insert into pipelines (name, source, problems) values ('payments', 'folder', '[{"file": "pipeline.yaml", "line": 4, "column": 16, "path": "stages.bake.type", "message": "there is no stage type bakee; did you mean bake? ${HOSTILE}"}]');
update pipelines set next_number = 39 where name = 'classroom';
