/* relay.h: a process between a store and its server, which can cut the line. */
#ifndef TESTS_STORE_RELAY_H
#define TESTS_STORE_RELAY_H

struct relay;

struct relay *relay_start(const char *conninfo);
const char *relay_conninfo(const struct relay *);
/* What the server says next is thrown away and the line is cut. */
void relay_lose_next_answer(struct relay *);
void relay_stop(struct relay *);

#endif
