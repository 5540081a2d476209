{{ define "h" }}h{{ end }}
