-- What a bake was made of belongs to the execution: the same manifests may come of charts from several places.
-- The request is kept as text, for the order of what is set counts.
alter table execution_bakes add column provenance jsonb;
alter table execution_bakes add column request json;
