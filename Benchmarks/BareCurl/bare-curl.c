// The limit for the benchmarks of calls and of streams: what libcurl's multi interface alone costs.
//
// One thread, one easy handle, one warm connection: N sequential POST exchanges of a JSON body, the
// reply copied into a buffer. Prints the CPU time (user and system) that one exchange costs.
//
//   cc -O2 -o bare-curl bare-curl.c $(pkg-config --cflags --libs libcurl)
//   ./bare-curl URL [exchanges = 20000] [body = {}]
//
// Output, one line: `exchanges=20000 cpu_us=17.1 user_us=4.0 system_us=13.1 wall_us=28.6`
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct reply {
  char bytes[65536];
  size_t count;
};

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
  struct reply *reply = context;
  size_t length = size * count;
  if (length > sizeof reply->bytes) return 0;
  // A stream is longer than the buffer: what is full is used again, as a reader of events would.
  if (length > sizeof reply->bytes - reply->count) reply->count = 0;
  memcpy(reply->bytes + reply->count, bytes, length);
  reply->count += length;
  return length;
}

static void fail(const char *what, const char *why) {
  fprintf(stderr, "bare-curl: %s: %s\n", what, why);
  exit(1);
}

static void check(CURLMcode code) {
  if (code != CURLM_OK) fail("multi interface", curl_multi_strerror(code));
}

// One exchange, driven to its end on the calling thread.
static void exchange(CURLM *multi, CURL *easy, struct reply *reply) {
  reply->count = 0;
  check(curl_multi_add_handle(multi, easy));
  int running = 1;
  for (;;) {
    check(curl_multi_perform(multi, &running));
    if (running == 0) break;
    check(curl_multi_poll(multi, NULL, 0, 1000, NULL));
  }
  int queued = 0;
  CURLMsg *message = curl_multi_info_read(multi, &queued);
  if (message == NULL || message->msg != CURLMSG_DONE) fail("exchange", "no result");
  if (message->data.result != CURLE_OK) fail("exchange", curl_easy_strerror(message->data.result));
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) fail("exchange", "the status is not 200");
  check(curl_multi_remove_handle(multi, easy));
}

static double microseconds(struct timeval value) { return value.tv_sec * 1e6 + value.tv_usec; }

int main(int argc, char **argv) {
  if (argc < 2) fail("usage", "bare-curl URL [exchanges] [body]");
  long exchanges = argc > 2 ? strtol(argv[2], NULL, 10) : 20000;
  const char *body = argc > 3 ? argv[3] : "{}";
  if (exchanges < 1) fail("usage", "exchanges >= 1");

  struct reply *reply = malloc(sizeof *reply);
  if (reply == NULL) fail("start", "out of memory");

  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM *multi = curl_multi_init();
  CURL *easy = curl_easy_init();
  struct curl_slist *headers = curl_slist_append(NULL, "content-type: application/json");
  headers = curl_slist_append(headers, "accept: application/json");
  headers = curl_slist_append(headers, "authorization: Bearer benchmark");
  curl_easy_setopt(easy, CURLOPT_URL, argv[1]);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(body));
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, reply);

  // Warm the connection and the heap.
  for (long i = 0; i <= exchanges / 10; i++) exchange(multi, easy, reply);

  struct rusage before, after;
  struct timespec start, end;
  getrusage(RUSAGE_SELF, &before);
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (long i = 0; i < exchanges; i++) exchange(multi, easy, reply);
  clock_gettime(CLOCK_MONOTONIC, &end);
  getrusage(RUSAGE_SELF, &after);

  double user = microseconds(after.ru_utime) - microseconds(before.ru_utime);
  double system = microseconds(after.ru_stime) - microseconds(before.ru_stime);
  double wall = (end.tv_sec - start.tv_sec) * 1e6 + (end.tv_nsec - start.tv_nsec) / 1e3;
  printf("exchanges=%ld cpu_us=%.2f user_us=%.2f system_us=%.2f wall_us=%.2f\n", exchanges,
         (user + system) / exchanges, user / exchanges, system / exchanges, wall / exchanges);

  curl_easy_cleanup(easy);
  curl_multi_cleanup(multi);
  curl_slist_free_all(headers);
  curl_global_cleanup();
  free(reply);
  return 0;
}
