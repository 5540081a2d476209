{{- define "common.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .root.Release.Name }}
  labels: {{ .root.Values.common.labels | toJson }}
data: {{ .data | toYaml | nindent 2 }}
{{- end -}}
