// The client of the benchmarks: it loads a server on loopback, and costs little itself.
//
// One thread, one epoll, connections that are kept alive; each request is the same POST.
//
//   cc -O2 -o load-client load-client.c
//   ./load-client PORT BODY-FILE closed CONNECTIONS REQUESTS
//   ./load-client PORT BODY-FILE paced CONNECTIONS REQUESTS RATE
//   ./load-client PORT BODY-FILE stream CONNECTIONS STREAMS
//   ./load-client PORT BODY-FILE held CONNECTIONS
//
// closed: a connection sends its next request when the answer to the last one is there.
// paced:  RATE requests a second become due, however slow the answers are; a latency is counted
//         from when a request was due, so that what waits for a free connection counts as waiting.
// stream: as closed, for streams of AnswerServer's model `paced`: what is counted is not answers but
//         events, each from the time of its sending, which it holds, to its coming.
// held:   opens as many streams, prints a line once each has had its first event, and keeps them open
//         until standard input ends.
//
// Output, one line: `count=20000 wall_us=1640210.0 p50_us=81.2 p99_us=143.5`
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 512, READ_BYTES = 1 << 16, OPENING_AT_ONCE = 64 };

enum mode { CLOSED, PACED, STREAM, HELD };

// Where an answer stands: which bytes come next.
enum phase { HEAD, SIZED_BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER, COMPLETE };

struct line {
  char bytes[LINE_BYTES];  // its beginning: what is longer is cut
  size_t count;
};

struct connection {
  int descriptor;
  int is_busy;
  size_t sent;
  int64_t begun;
  enum phase phase;
  int64_t left;  // of the body or the chunk; in the head -1 for chunks
  int events;
  struct line line, text;
};

static struct {
  enum mode mode;
  int port;
  char *request;
  size_t request_bytes;
  int connections;
  long amount;
  double rate;
} settings;

static struct connection *connections;
static int *spare, spare_count;
static int queue;
static int64_t *samples;
static size_t sample_count, sample_room;
static long begun_count, complete_count;
static int64_t start;

static void fail(const char *what) {
  fprintf(stderr, "load-client: %s: %s\n", what, errno != 0 ? strerror(errno) : "not expected");
  exit(1);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void record(int64_t nanoseconds) {
  if (sample_count == sample_room) {
    sample_room = 2 * sample_room + 1024;
    samples = realloc(samples, sample_room * sizeof *samples);
    if (samples == NULL) fail("realloc");
  }
  samples[sample_count++] = nanoseconds;
}

// MARK: - Answers

static int append(struct line *line, char byte) {
  if (byte == '\n') return 1;
  if (line->count < LINE_BYTES - 1) line->bytes[line->count++] = byte;
  return 0;
}

// A line of the stream; one with a time in it says when it was sent.
static void read_text(struct connection *connection, int64_t moment) {
  static const char mark[] = "\"obfuscation\":\"";
  struct line *text = &connection->text;
  text->bytes[text->count] = 0;
  text->count = 0;
  if (strncmp(text->bytes, "data:", 5) != 0) return;
  connection->events++;
  const char *found = strstr(text->bytes, mark);
  int64_t sent = found != NULL ? strtoll(found + sizeof mark - 1, NULL, 10) : 0;
  if (sent > 0 && settings.mode == STREAM) record(moment - sent);
}

static void read_head_line(struct connection *connection) {
  struct line *line = &connection->line;
  if (strncmp(line->bytes, "HTTP/", 5) == 0) {
    if (strncmp(line->bytes + 8, " 200", 4) != 0) {
      fprintf(stderr, "load-client: the answer was %s\n", line->bytes);
      exit(1);
    }
    connection->left = 0;
  } else if (strncasecmp(line->bytes, "content-length:", 15) == 0) {
    connection->left = strtoll(line->bytes + 15, NULL, 10);
  } else if (strncasecmp(line->bytes, "transfer-encoding:", 18) == 0) {
    connection->left = -1;
  } else if (line->bytes[0] == '\r' || line->bytes[0] == 0) {
    connection->phase = connection->left < 0   ? CHUNK_SIZE
                        : connection->left > 0 ? SIZED_BODY
                                               : COMPLETE;
  }
}

static void read_line(struct connection *connection) {
  struct line *line = &connection->line;
  line->bytes[line->count] = 0;
  switch (connection->phase) {
  case HEAD: read_head_line(connection); break;
  case CHUNK_SIZE:
    connection->left = strtoll(line->bytes, NULL, 16);
    connection->phase = connection->left > 0 ? CHUNK : TRAILER;
    break;
  case CHUNK_END: connection->phase = CHUNK_SIZE; break;
  case TRAILER:
    if (line->bytes[0] == '\r' || line->bytes[0] == 0) connection->phase = COMPLETE;
    break;
  default: break;
  }
  line->count = 0;
}

static void read_answer(
    struct connection *connection, const char *bytes, size_t count, int64_t moment) {
  size_t at = 0;
  while (at < count) {
    if (connection->phase != SIZED_BODY && connection->phase != CHUNK) {
      if (connection->phase == COMPLETE) fail("bytes behind an answer");
      if (append(&connection->line, bytes[at++])) read_line(connection);
      continue;
    }
    size_t part = count - at;
    if ((int64_t)part > connection->left) part = (size_t)connection->left;
    if (settings.mode >= STREAM) {
      for (size_t index = at; index < at + part; index++)
        if (append(&connection->text, bytes[index])) read_text(connection, moment);
    }
    at += part;
    connection->left -= (int64_t)part;
    if (connection->left == 0)
      connection->phase = connection->phase == CHUNK ? CHUNK_END : COMPLETE;
  }
}

// MARK: - Connections

static void watch(struct connection *connection, int operation, uint32_t events) {
  struct epoll_event interest = {.events = events, .data.ptr = connection};
  if (epoll_ctl(queue, operation, connection->descriptor, &interest) != 0) fail("epoll_ctl");
}

static void open_connection(struct connection *connection) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                .sin_port = htons((uint16_t)settings.port)};
  int on = 1;
  int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) fail("socket");
  if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connection->descriptor = descriptor;
  watch(connection, EPOLL_CTL_ADD, EPOLLIN);
}

// Sends what the socket takes; the rest when it says that there is room.
static void send_request(struct connection *connection) {
  int was_waiting = connection->sent > 0;
  while (connection->sent < settings.request_bytes) {
    ssize_t count = send(connection->descriptor, settings.request + connection->sent,
                         settings.request_bytes - connection->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) {
      if (!was_waiting) watch(connection, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
      return;
    }
    if (count <= 0) fail("send");
    connection->sent += (size_t)count;
  }
  if (was_waiting) watch(connection, EPOLL_CTL_MOD, EPOLLIN);
}

static void begin(struct connection *connection, int64_t moment) {
  connection->is_busy = 1;
  connection->begun = moment;
  connection->sent = 0;
  connection->phase = HEAD;
  connection->left = 0;
  connection->events = 0;
  begun_count++;
  send_request(connection);
}

static void finish(struct connection *connection, int64_t moment) {
  connection->is_busy = 0;
  complete_count++;
  if (settings.mode != STREAM) record(moment - connection->begun);
  spare[spare_count++] = (int)(connection - connections);
}

static void receive(struct connection *connection) {
  static char bytes[READ_BYTES];
  ssize_t count = recv(connection->descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count == 0) errno = ECONNRESET;
  if (count <= 0 || !connection->is_busy) fail("receive");
  int64_t moment = now();
  int before = connection->events;
  read_answer(connection, bytes, (size_t)count, moment);
  if (settings.mode == HELD) {
    if (connection->phase == COMPLETE) fail("a stream ended");
    if (before == 0 && connection->events > 0) complete_count++;
  } else if (connection->phase == COMPLETE) {
    finish(connection, moment);
  }
}

// MARK: - Load

static int64_t due(long number) { return start + (int64_t)((double)number * 1e9 / settings.rate); }

// Begins what may begin now; the time until something more may, -1 for when something comes.
static int64_t begin_more(void) {
  int64_t moment = now();
  while (begun_count < settings.amount && spare_count > 0) {
    if (settings.mode == HELD && begun_count - complete_count >= OPENING_AT_ONCE) return -1;
    int64_t from = settings.mode == PACED ? due(begun_count) : moment;
    if (from > moment) {
      moment = now();
      if (from > moment) return from - moment;
    }
    struct connection *connection = &connections[spare[--spare_count]];
    if (connection->descriptor < 0) open_connection(connection);
    begin(connection, from);
  }
  return -1;
}

static void run(void) {
  struct epoll_event ready[256];
  start = now();
  while (complete_count < settings.amount) {
    int64_t wait = begin_more();
    struct timespec limit = {.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
    int count = epoll_pwait2(queue, ready, 256, wait < 0 ? NULL : &limit, NULL);
    if (count < 0 && errno != EINTR) fail("epoll_pwait2");
    for (int index = 0; index < count; index++) {
      struct connection *connection = ready[index].data.ptr;
      if (ready[index].events & EPOLLOUT) send_request(connection);
      if (ready[index].events & ~(uint32_t)EPOLLOUT) receive(connection);
    }
  }
}

// MARK: - The program

static int compare(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
  return a < b ? -1 : a > b;
}

static double percentile(int percent) {
  if (sample_count == 0) return 0;
  return (double)samples[(sample_count - 1) * (size_t)percent / 100] / 1e3;
}

static void load_request(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) fail(path);
  long count = ftell(file);
  rewind(file);
  settings.request = malloc((size_t)count + 512);
  if (settings.request == NULL) fail("malloc");
  int head = snprintf(settings.request, 512,
                      "POST /v1/responses HTTP/1.1\r\nhost: 127.0.0.1:%d\r\n"
                      "content-type: application/json\r\naccept: */*\r\n"
                      "authorization: Bearer benchmark\r\ncontent-length: %ld\r\n\r\n",
                      settings.port, count);
  if (fread(settings.request + head, 1, (size_t)count, file) != (size_t)count) fail(path);
  fclose(file);
  settings.request_bytes = (size_t)head + (size_t)count;
}

static void read_arguments(int argc, char **argv) {
  static const char *const names[] = {"closed", "paced", "stream", "held"};
  int mode = 0;
  while (argc > 3 && mode <= HELD && strcmp(argv[3], names[mode]) != 0) mode++;
  int count = mode == HELD ? 5 : mode == PACED ? 7 : 6;
  if (mode > HELD || argc != count) {
    fprintf(stderr, "usage: load-client PORT BODY-FILE closed|paced|stream|held CONNECTIONS "
                    "[AMOUNT [RATE]]\n");
    exit(2);
  }
  settings.mode = (enum mode)mode;
  settings.port = atoi(argv[1]);
  settings.connections = atoi(argv[4]);
  settings.amount = mode == HELD ? settings.connections : atol(argv[5]);
  settings.rate = mode == PACED ? atof(argv[6]) : 1;
  if (settings.connections < 1 || settings.amount < 1 || settings.rate <= 0) fail("arguments");
  load_request(argv[2]);
}

static void prepare(void) {
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) fail("getrlimit");
  files.rlim_cur = files.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) fail("setrlimit");
  // A wait ends when it should, not up to 50 microseconds later.
  prctl(PR_SET_TIMERSLACK, 1);
  queue = epoll_create1(EPOLL_CLOEXEC);
  connections = calloc((size_t)settings.connections, sizeof *connections);
  spare = calloc((size_t)settings.connections, sizeof *spare);
  if (queue < 0 || connections == NULL || spare == NULL) fail("start");
  for (int index = 0; index < settings.connections; index++) {
    connections[index].descriptor = -1;
    spare[spare_count++] = index;
    if (settings.mode != HELD) open_connection(&connections[index]);
  }
}

int main(int argc, char **argv) {
  read_arguments(argc, argv);
  prepare();
  run();
  double wall = (double)(now() - start) / 1e3;
  qsort(samples, sample_count, sizeof *samples, compare);
  printf("count=%zu wall_us=%.1f p50_us=%.2f p99_us=%.2f\n",
         settings.mode == HELD ? (size_t)complete_count : sample_count, wall, percentile(50),
         percentile(99));
  fflush(stdout);
  char byte;
  while (settings.mode == HELD && read(STDIN_FILENO, &byte, 1) > 0) {
  }
  return 0;
}
