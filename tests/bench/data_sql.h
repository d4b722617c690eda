#ifndef SIGNALBOX_TESTS_BENCH_DATA_SQL_H
#define SIGNALBOX_TESTS_BENCH_DATA_SQL_H

/* For PQexec, one after another. The number of posts is the setting bench.posts. */
extern const char data_insert_users[];
extern const char data_drop_indexes[];
extern const char data_insert_posts[];
extern const char data_create_indexes[];

#endif
