{{/* The name of a component's objects: call with (dict "root" $ "component" "api"). */}}
{{- define "classroom.fullname" -}}
{{- printf "%s-%s" .root.Release.Name .component | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{/* What never changes in a component's life, for selectors. */}}
{{- define "classroom.selectorLabels" -}}
app.kubernetes.io/name: classroom
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Labels of objects that belong to no component. */}}
{{- define "classroom.sharedLabels" -}}
app.kubernetes.io/name: classroom
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Labels of a component's objects. */}}
{{- define "classroom.labels" -}}
{{ include "classroom.sharedLabels" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "classroom.serviceAccount" -}}
{{ .Release.Name }}
{{- end -}}

{{- define "classroom.image" -}}
{{ .repository }}:{{ .tag }}
{{- end -}}

{{/* A restart of the pods when their configuration changes: call with the template's file name. */}}
{{- define "classroom.configChecksum" -}}
checksum/config: {{ include (print .root.Template.BasePath "/" .file) .root | sha256sum }}
{{- end -}}

{{- define "classroom.podSecurity" -}}
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "classroom.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}
