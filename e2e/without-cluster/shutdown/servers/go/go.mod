module zero-downtime.test/shutdown

go 1.24.0
