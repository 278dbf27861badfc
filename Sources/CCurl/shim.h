// What Swift cannot import of libcurl: the variadic calls, one typed inline function for each kind
// of argument. The event queue's headers stand here because Swift's Glibc module leaves them out.
#ifndef JF_CCURL_SHIM_H
#define JF_CCURL_SHIM_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#ifdef __linux__
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// Names the calling thread; 15 bytes at most. `pthread_setname_np` hides behind a feature macro.
static inline void jf_curl_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
#endif

// The two bits of an event queue entry, as plain numbers: the header has them as an enum.
enum { jf_curl_readable = 0x001 /* EPOLLIN */, jf_curl_writable = 0x004 /* EPOLLOUT */ };

// MARK: - Easy handle options

static inline CURLcode jf_curl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode jf_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode jf_curl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode jf_curl_set_pointer(CURL *easy, CURLoption option, const void *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode jf_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode jf_curl_set_write(CURL *easy, CURLoption option, curl_write_callback value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode jf_curl_set_read(CURL *easy, CURLoption option, curl_read_callback value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode jf_curl_set_seek(CURL *easy, CURLoption option, curl_seek_callback value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode jf_curl_set_open_socket(CURL *easy, curl_opensocket_callback value) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline CURLcode jf_curl_set_close_socket(CURL *easy, curl_closesocket_callback value) {
  return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, value);
}

// MARK: - Easy handle facts

static inline CURLcode jf_curl_long(CURL *easy, CURLINFO name, long *value) {
  return curl_easy_getinfo(easy, name, value);
}
static inline CURLcode jf_curl_offset(CURL *easy, CURLINFO name, curl_off_t *value) {
  return curl_easy_getinfo(easy, name, value);
}
static inline CURLcode jf_curl_string(CURL *easy, CURLINFO name, const char **value) {
  return curl_easy_getinfo(easy, name, value);
}
static inline CURLcode jf_curl_pointer(CURL *easy, CURLINFO name, void **value) {
  return curl_easy_getinfo(easy, name, value);
}

// MARK: - Multi handle options

static inline CURLMcode jf_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}
static inline CURLMcode jf_curl_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
  return curl_multi_setopt(multi, option, value);
}
static inline CURLMcode jf_curl_multi_set_socket(CURLM *multi, curl_socket_callback value) {
  return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, value);
}
static inline CURLMcode jf_curl_multi_set_timer(CURLM *multi, curl_multi_timer_callback value) {
  return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, value);
}

// MARK: - Results

// The union's `result` of a finished exchange's message.
static inline CURLcode jf_curl_result(const CURLMsg *message) { return message->data.result; }

#endif
