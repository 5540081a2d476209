apiVersion: v1
kind: ConfigMap
metadata:
  name: n-{{ .Template.Name | sha256sum | trunc 10 }}
data:
  template: {{ .Template.Name | quote }}
  include: {{ include "own" . }}
