"""PostgreSQL and Redis of `make run` and of the tests: private to one data folder, started without root rights."""
