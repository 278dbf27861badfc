// The upstream of the benchmarks: it answers every request with the same bytes, as fast as it can.
//
// A process of its own, so that its CPU time counts for nobody; one thread a connection, kept alive.
// A body that says `"stream":true` gets a chunked event stream, any other a response object.
//
//   cc -O2 -pthread -o answer-server answer-server.c
//   ./answer-server [events in a stream = 20000]
//
// Prints its port on loopback, and ends when its standard input does: it never outlives its parent.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EVENT_BYTES = 200, REQUEST_BYTES = 1 << 16 };

struct answer {
  char *bytes;
  size_t count;
  size_t room;
};

static struct answer object, stream;

#define MESSAGE                                                                                  \
  "{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"completed\",\"role\":\"assistant\","       \
  "\"content\":[{\"type\":\"output_text\",\"text\":\"Hello there.\",\"annotations\":[]}]}"
#define RESPONSE                                                                                 \
  "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1760000000,"                         \
  "\"status\":\"completed\",\"model\":\"bench\",\"output\":[" MESSAGE "],"                        \
  "\"usage\":{\"input_tokens\":3,\"output_tokens\":3,\"total_tokens\":6}}"

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void append(struct answer *answer, const char *bytes, size_t count) {
  if (answer->room - answer->count < count) {
    answer->room = 2 * answer->room + count;
    answer->bytes = realloc(answer->bytes, answer->room);
    if (answer->bytes == NULL) fail("realloc");
  }
  memcpy(answer->bytes + answer->count, bytes, count);
  answer->count += count;
}

static void append_chunk(struct answer *answer, const char *bytes, size_t count) {
  char size[32];
  append(answer, size, (size_t)snprintf(size, sizeof size, "%zx\r\n", count));
  append(answer, bytes, count);
  append(answer, "\r\n", 2);
}

// An event of exactly EVENT_BYTES, as a model's words come: the padding is what upstreams pad with.
static void append_delta(struct answer *answer, int number) {
  char event[EVENT_BYTES + 1];
  int count = snprintf(event, sizeof event,
                       "event: response.output_text.delta\n"
                       "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":%d,"
                       "\"item_id\":\"msg_1\",\"output_index\":0,\"delta\":\" word\","
                       "\"obfuscation\":\"",
                       number);
  memset(event + count, 'x', (size_t)(EVENT_BYTES - 4 - count));
  memcpy(event + EVENT_BYTES - 4, "\"}\n\n", 4);
  append_chunk(answer, event, EVENT_BYTES);
}

static void render(int events) {
  char head[256];
  append(&object, head,
         (size_t)snprintf(head, sizeof head,
                          "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                          "x-request-id: req_1\r\ncontent-length: %zu\r\n\r\n",
                          strlen(RESPONSE)));
  append(&object, RESPONSE, strlen(RESPONSE));
  append(&stream, head,
         (size_t)snprintf(head, sizeof head,
                          "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                          "x-request-id: req_1\r\ntransfer-encoding: chunked\r\n\r\n"));
  for (int number = 0; number < events; number++) append_delta(&stream, number);
  char last[2048];
  int count = snprintf(last, sizeof last,
                       "event: response.completed\ndata: {\"type\":\"response.completed\","
                       "\"sequence_number\":%d,\"response\":" RESPONSE "}\n\n",
                       events);
  append_chunk(&stream, last, (size_t)count);
  append(&stream, "0\r\n\r\n", 5);
}

static int send_all(int connection, const struct answer *answer) {
  size_t sent = 0;
  while (sent < answer->count) {
    ssize_t count = send(connection, answer->bytes + sent, answer->count - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    sent += (size_t)count;
  }
  return 1;
}

// The length of the whole request in `bytes`, or 0 while it has not all come.
static size_t request_length(const char *bytes, size_t count) {
  const char *end = memmem(bytes, count, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  size_t head = (size_t)(end - bytes) + 4;
  const char *length = strcasestr(bytes, "\r\ncontent-length:");
  size_t body = length != NULL && length < end ? strtoul(length + 17, NULL, 10) : 0;
  return count >= head + body ? head + body : 0;
}

static void *serve(void *context) {
  int connection = (int)(long)context;
  char *request = malloc(REQUEST_BYTES + 1);
  size_t count = 0;
  while (request != NULL && count < REQUEST_BYTES) {
    ssize_t more = recv(connection, request + count, REQUEST_BYTES - count, 0);
    if (more <= 0) break;
    count += (size_t)more;
    request[count] = 0;
    size_t length = request_length(request, count);
    if (length == 0) continue;
    int is_stream = memmem(request, length, "\"stream\":true", 13) != NULL;
    if (!send_all(connection, is_stream ? &stream : &object)) break;
    count -= length;
    memmove(request, request + length, count);
  }
  free(request);
  close(connection);
  return NULL;
}

static void *accept_all(void *context) {
  int listener = (int)(long)context;
  for (;;) {
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) continue;
    int on = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, (void *)(long)connection) != 0) fail("pthread_create");
    pthread_detach(thread);
  }
}

int main(int argc, char **argv) {
  int events = argc > 1 ? atoi(argv[1]) : 20000;
  render(events > 0 ? events : 20000);
  signal(SIGPIPE, SIG_IGN);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) != 0) fail("bind");
  if (listen(listener, 64) != 0) fail("listen");
  if (getsockname(listener, (struct sockaddr *)&address, &size) != 0) fail("getsockname");
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  pthread_t thread;
  if (pthread_create(&thread, NULL, accept_all, (void *)(long)listener) != 0) fail("pthread_create");
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
  return 0;
}
