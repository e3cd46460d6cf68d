module zero-downtime.test/app

go 1.24.0
