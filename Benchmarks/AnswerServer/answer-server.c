// The upstream of the benchmarks: it answers every request with the same bytes, as fast as it can.
//
// A process of its own, so that its CPU time counts for nobody; one thread a connection, kept alive.
// A body that says `"stream":true` gets a chunked event stream, any other a response object. Two
// models stream otherwise: `paced` says a word every ten milliseconds, fifty in all, and each event
// holds the time of its sending; `held` says one word and then nothing until the client goes.
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
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
  EVENT_BYTES = 200,
  REQUEST_BYTES = 1 << 22,   // the largest request, with its head
  FIRST_BYTES = 1 << 14,     // what a connection begins with
  STACK_BYTES = 1 << 17,     // thousands of threads may wait at once
  PACED_EVENTS = 50,
  PACE_NANOSECONDS = 10000000,
  PHASES = 50,               // paced streams begin at as many different times within a pace
};

struct answer {
  char *bytes;
  size_t count;
  size_t room;
};

static struct answer object, stream_head, stream, stream_end;
static int held_streams;  // an epoll that watches those which say nothing more

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

// An event of exactly EVENT_BYTES, as a model's words come. The padding is what upstreams pad with;
// `stamp`, unless zero, stands at its beginning.
static void append_delta(struct answer *answer, int number, long long stamp) {
  char event[EVENT_BYTES + 1];
  int count = snprintf(event, sizeof event,
                       "event: response.output_text.delta\n"
                       "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":%d,"
                       "\"item_id\":\"msg_1\",\"output_index\":0,\"delta\":\" word\","
                       "\"obfuscation\":\"",
                       number);
  if (stamp != 0) count += snprintf(event + count, sizeof event - (size_t)count, "%lld", stamp);
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
  append(&stream_head, head,
         (size_t)snprintf(head, sizeof head,
                          "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                          "x-request-id: req_1\r\ntransfer-encoding: chunked\r\n\r\n"));
  char last[2048];
  int count = snprintf(last, sizeof last,
                       "event: response.completed\ndata: {\"type\":\"response.completed\","
                       "\"sequence_number\":%d,\"response\":" RESPONSE "}\n\n",
                       events);
  append_chunk(&stream_end, last, (size_t)count);
  append(&stream_end, "0\r\n\r\n", 5);
  append(&stream, stream_head.bytes, stream_head.count);
  for (int number = 0; number < events; number++) append_delta(&stream, number, 0);
  append(&stream, stream_end.bytes, stream_end.count);
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

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void wait_until(long long moment) {
  struct timespec time = {.tv_sec = moment / 1000000000, .tv_nsec = moment % 1000000000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) {
  }
}

// One word at a time. Streams that began together do not speak together.
static int send_paced(int connection) {
  static int begun;
  int phase = __atomic_fetch_add(&begun, 1, __ATOMIC_RELAXED) * 7 % PHASES;
  if (!send_all(connection, &stream_head)) return 0;
  long long start = now() + (long long)phase * (PACE_NANOSECONDS / PHASES);
  struct answer event = {0};
  int is_sent = 1;
  for (int number = 0; is_sent && number < PACED_EVENTS; number++) {
    wait_until(start + (long long)number * PACE_NANOSECONDS);
    event.count = 0;
    append_delta(&event, number, now());
    is_sent = send_all(connection, &event);
  }
  free(event.bytes);
  return is_sent && send_all(connection, &stream_end);
}

// Says one word and leaves the connection to the thread of those that wait; always 0.
static int send_held(int connection) {
  struct answer event = {0};
  append_delta(&event, 0, now());
  int is_sent = send_all(connection, &stream_head) && send_all(connection, &event);
  free(event.bytes);
  struct epoll_event interest = {.events = EPOLLRDHUP, .data.fd = connection};
  if (!is_sent || epoll_ctl(held_streams, EPOLL_CTL_ADD, connection, &interest) != 0)
    close(connection);
  return 0;
}

static void *close_held(void *context) {
  (void)context;
  struct epoll_event gone[64];
  for (;;) {
    int count = epoll_wait(held_streams, gone, 64, -1);
    for (int index = 0; index < count; index++) close(gone[index].data.fd);
  }
}

struct request {
  char *bytes;
  size_t count;
  size_t room;
  size_t head;  // the length of the head, 0 while it has not all come
  size_t body;
};

// Reads until the whole request is there; 0 when the client has gone or sends too much.
static int receive(int connection, struct request *request) {
  for (;;) {
    if (request->head == 0 && request->count > 0) {
      request->bytes[request->count] = 0;
      const char *end = strstr(request->bytes, "\r\n\r\n");
      if (end != NULL) {
        const char *length = strcasestr(request->bytes, "\r\ncontent-length:");
        request->head = (size_t)(end - request->bytes) + 4;
        request->body = length != NULL && length < end ? strtoul(length + 17, NULL, 10) : 0;
      }
    }
    size_t length = request->head + request->body;
    if (request->head > 0 && request->count >= length) return 1;
    size_t room = length > FIRST_BYTES ? length : FIRST_BYTES;
    if (room > REQUEST_BYTES || request->count >= room) return 0;
    if (room > request->room) {
      char *bytes = realloc(request->bytes, room + 1);
      if (bytes == NULL) return 0;
      request->bytes = bytes;
      request->room = room;
    }
    ssize_t more = recv(connection, request->bytes + request->count, room - request->count, 0);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) return 0;
    request->count += (size_t)more;
  }
}

// Whether the body begins as a request for that model.
static int is_for(const struct request *request, const char *model) {
  size_t count = request->body < 64 ? request->body : 64;
  return memmem(request->bytes + request->head, count, model, strlen(model)) != NULL;
}

// Answers; 0 when the connection is not to be read any more.
static int answer(int connection, const struct request *request, int *is_held) {
  const char *body = request->bytes + request->head;
  if (memmem(body, request->body, "\"stream\":true", 13) == NULL)
    return send_all(connection, &object);
  if (is_for(request, "\"model\":\"paced\"")) return send_paced(connection);
  *is_held = is_for(request, "\"model\":\"held\"");
  return *is_held ? send_held(connection) : send_all(connection, &stream);
}

static void *serve(void *context) {
  int connection = (int)(long)context;
  int is_held = 0;
  struct request request = {0};
  while (receive(connection, &request) && answer(connection, &request, &is_held)) {
    size_t length = request.head + request.body;
    request.count -= length;
    memmove(request.bytes, request.bytes + length, request.count);
    request.head = request.body = 0;
  }
  free(request.bytes);
  if (!is_held) close(connection);
  return NULL;
}

static void start_thread(void *(*body)(void *), int descriptor) {
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  errno = pthread_create(&thread, &attributes, body, (void *)(long)descriptor);
  if (errno != 0) fail("pthread_create");
  pthread_attr_destroy(&attributes);
}

static void *accept_all(void *context) {
  int listener = (int)(long)context;
  for (;;) {
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) continue;
    int on = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    start_thread(serve, connection);
  }
}

int main(int argc, char **argv) {
  int events = argc > 1 ? atoi(argv[1]) : 20000;
  render(events > 0 ? events : 20000);
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) fail("getrlimit");
  files.rlim_cur = files.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) fail("setrlimit");
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) != 0) fail("bind");
  if (listen(listener, 4096) != 0) fail("listen");
  if (getsockname(listener, (struct sockaddr *)&address, &size) != 0) fail("getsockname");
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  held_streams = epoll_create1(EPOLL_CLOEXEC);
  if (held_streams < 0) fail("epoll_create1");
  start_thread(close_held, -1);
  start_thread(accept_all, listener);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
  return 0;
}
