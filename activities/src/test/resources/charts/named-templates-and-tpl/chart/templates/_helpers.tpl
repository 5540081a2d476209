{{/* comments */}}
{{- define "it.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "it.labels" }}
app: {{ include "it.name" . }}
release: {{ .Release.Name }}
{{- end -}}
{{ define "it.value" }}{{ dict "a" (list 1 2 "x") "b" .Values.name | toYaml }}{{ end }}
{{- define "it.twice" }}first{{ end }}
