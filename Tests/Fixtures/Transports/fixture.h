/* fixture.h - a whole transport in one header, so that each plugin beside it changes one thing.
 *
 * A plugin includes it, writes the function that it does differently, and ends with
 *
 *     FIXTURE_AUTH(.step = step)        the same for jf_auth, where it has one
 *     FIXTURE_PROBE(alternatives)       jf_probe, where it has one
 *     FIXTURE_TABLE(.create = create)   what differs in jf_transport
 *     FIXTURE_ENTRY(.magic = 0)         what differs in jf_entry
 *
 * What it does not name is taken from here: a transport that keeps the canonical language. Its host is
 * that of `base_url`, or fixture.example. FIXTURE_ID comes from the build and is the plugin's name. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jf_abi.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Winitializer-overrides"
#endif
#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"
#endif

/* --- Values -------------------------------------------------------------------------------------- */

#define TEXT(literal) ((jf_borrowed_text){(literal), sizeof(literal) - 1})
#define NO_TEXT ((jf_borrowed_text){0})

static jf_borrowed_text text_of(const char *string) {
  return (jf_borrowed_text){string, strlen(string)};
}

static jf_borrowed_bytes bytes_of(jf_borrowed_text text) {
  return (jf_borrowed_bytes){(const uint8_t *)text.ptr, text.len};
}

static int text_is(jf_borrowed_text text, const char *string) {
  return text.len == strlen(string) && memcmp(text.ptr, string, text.len) == 0;
}

/* A failure of the request, without anything that is optional. */
static jf_failure failure_of(int32_t code, jf_borrowed_text message) {
  jf_failure failure = {0};
  failure.struct_size = sizeof failure;
  failure.code = code;
  failure.scope = JF_SCOPE_REQUEST;
  failure.message = message;
  failure.retry_after_ms = -1;
  return failure;
}

/* --- Parameters of the table's functions --------------------------------------------------------- */

#define CREATE_PARAMETERS                                                                           \
  const jf_transport *self, const jf_host *host, const jf_settings *settings,                       \
      const jf_settings_sink *sink
#define PREPARE_PARAMETERS                                                                          \
  jf_instance *instance, const jf_request *request, const jf_exchange_sink *sink,                   \
      jf_exchange **exchange
#define HEAD_PARAMETERS                                                                             \
  jf_instance *instance, jf_exchange *exchange, const jf_response *head, const jf_head_sink *sink
#define FRAME_PARAMETERS                                                                            \
  jf_instance *instance, jf_exchange *exchange, jf_borrowed_text name, jf_borrowed_bytes data,      \
      const jf_event_sink *sink
#define END_PARAMETERS jf_instance *instance, jf_exchange *exchange, const jf_event_sink *sink
#define CLASSIFY_PARAMETERS                                                                         \
  jf_instance *instance, jf_exchange *exchange, const jf_response *response,                        \
      const jf_failure_sink *sink

/* --- The instance -------------------------------------------------------------------------------- */

struct jf_instance_s {
  const jf_host *host;
  char base_url[256];
};

static jf_instance *fixture_create(CREATE_PARAMETERS) {
  if (settings->base_url.len >= sizeof((jf_instance *)0)->base_url) {
    sink->fail(sink->context, TEXT("/base_url"), TEXT("base_url is too long."), NO_TEXT);
    return NULL;
  }
  jf_instance *instance = calloc(1, sizeof *instance);
  instance->host = host;
  if (settings->base_url.len > 0) {
    memcpy(instance->base_url, settings->base_url.ptr, settings->base_url.len);
  } else {
    strcpy(instance->base_url, "https://fixture.example/v1");
  }
  return instance;
}

static void fixture_destroy(jf_instance *instance) { free(instance); }

static void fixture_describe(jf_instance *instance, const jf_describe_sink *sink) {
  sink->endpoint(sink->context, text_of(instance->base_url));
  const char *host = strstr(instance->base_url, "://");
  host = host ? host + 3 : instance->base_url;
  sink->allowed_host(sink->context, (jf_borrowed_text){host, strcspn(host, ":/?#")});
  sink->credential_header(sink->context, TEXT("authorization"));
  sink->request_id_header(sink->context, TEXT("x-request-id"));
  sink->state_boundary(sink->context, TEXT("fixture"));
}

/* --- The attempt --------------------------------------------------------------------------------- */

static void put_method(const jf_request *request, const jf_exchange_sink *sink) {
  sink->method(sink->context, request->body.len > 0 ? TEXT("POST") : TEXT("GET"));
}

static void put_url(jf_instance *instance, const jf_exchange_sink *sink) {
  char url[sizeof instance->base_url + 16];
  snprintf(url, sizeof url, "%s/responses", instance->base_url);
  sink->url(sink->context, text_of(url));
}

static void put_headers(const jf_request *request, const jf_exchange_sink *sink) {
  if (request->body.len > 0) {
    sink->header(sink->context, TEXT("content-type"), TEXT("application/json"));
  }
  if (request->credential != 0) {
    sink->header_credential(sink->context, TEXT("authorization"), TEXT("Bearer "),
                            request->credential);
  }
}

static void put_input(const jf_exchange_sink *sink, size_t start, size_t end) {
  if (end > start) sink->body_input(sink->context, (jf_range){start, end - start});
}

static jf_status fixture_prepare(PREPARE_PARAMETERS) {
  put_method(request, sink);
  put_url(instance, sink);
  put_headers(request, sink);
  put_input(sink, 0, request->body.len);
  return JF_OK;
}

/* --- The response -------------------------------------------------------------------------------- */

static jf_status fixture_on_head(HEAD_PARAMETERS) {
  for (size_t index = 0; index < head->header_count; index++) {
    if (text_is(head->headers[index].name, "content-type") &&
        text_is(head->headers[index].value, "text/event-stream")) {
      sink->framing(sink->context, JF_FRAMING_SERVER_SENT_EVENTS);
    }
  }
  return JF_OK;
}

static jf_status fixture_on_frame(FRAME_PARAMETERS) {
  sink->forward(sink->context);
  return JF_OK;
}

static jf_status fixture_on_end(END_PARAMETERS) { return JF_OK; }

static void fixture_classify(CLASSIFY_PARAMETERS) {
  char message[64];
  snprintf(message, sizeof message, "the upstream answered %d.", (int)response->status);
  jf_failure failure = failure_of(JF_CODE_UPSTREAM_FAILED, text_of(message));
  failure.scope = JF_SCOPE_ENDPOINT;
  sink->fail(sink->context, &failure);
}

/* --- The token flow ----------------------------------------------------------------------------- */

#define AUTH_DESCRIBE_PARAMETERS                                                                    \
  jf_instance *instance, jf_borrowed_text settings, const jf_auth_facts_sink *sink
#define BEGIN_PARAMETERS jf_instance *instance, jf_borrowed_text settings, jf_borrowed_text scope
#define STEP_PARAMETERS                                                                             \
  jf_auth_flow *flow, const jf_effect_result *previous, const jf_auth_sink *sink

struct jf_auth_flow_s {
  int steps;
};

static jf_status fixture_auth_describe(AUTH_DESCRIBE_PARAMETERS) {
  sink->scope(sink->context, TEXT("fixture-scope"));
  return JF_OK;
}

static jf_auth_flow *fixture_begin(BEGIN_PARAMETERS) { return calloc(1, sizeof(jf_auth_flow)); }

/* Whatever effect came before gave no token. */
static jf_status fail_flow(const jf_effect_result *previous, const jf_auth_sink *sink) {
  char message[256];
  snprintf(message, sizeof message, "no token: %.*s.", (int)previous->problem.len,
           previous->problem.len > 0 ? previous->problem.ptr : "");
  jf_failure failure = failure_of(JF_CODE_AUTH, text_of(message));
  sink->fail(sink->context, &failure);
  return JF_FAILED;
}

/* The token is what a variable holds. */
static jf_status fixture_step(STEP_PARAMETERS) {
  if (previous == NULL) {
    sink->effect(sink->context, JF_EFFECT_VARIABLE, TEXT("FIXTURE_TOKEN"));
    return JF_NEED_EFFECT;
  }
  if (previous->status != 1) return fail_flow(previous, sink);
  sink->token(sink->context, NO_TEXT, -1, -1);
  return JF_DONE;
}

static void fixture_end(jf_auth_flow *flow) { free(flow); }

static void put_exchange(const jf_auth_sink *sink, jf_borrowed_text method, jf_borrowed_text url) {
  sink->exchange->method(sink->exchange->context, method);
  sink->exchange->url(sink->exchange->context, url);
}

static jf_status need_http(const jf_auth_sink *sink) {
  sink->effect(sink->context, JF_EFFECT_HTTP, TEXT("{}"));
  return JF_NEED_EFFECT;
}

/* A flow that differs in the exchange that it describes, once; a breach ends it before a second step. */
static jf_status ask_url(jf_borrowed_text url, const jf_effect_result *previous,
                         const jf_auth_sink *sink) {
  if (previous != NULL) return fail_flow(previous, sink);
  put_exchange(sink, TEXT("GET"), url);
  return need_http(sink);
}

/* Tentative: all zero where the plugin has none. */
static const jf_auth fixture_auth;
static const jf_probe fixture_probe;

#define FIXTURE_AUTH(...)                                                                           \
  static const jf_auth fixture_auth = {                                                             \
      .struct_size = sizeof(jf_auth),                                                               \
      .describe = fixture_auth_describe,                                                            \
      .begin = fixture_begin,                                                                       \
      .step = fixture_step,                                                                         \
      .end = fixture_end,                                                                           \
      __VA_ARGS__};

#define FIXTURE_PROBE(...)                                                                          \
  static const jf_probe fixture_probe = {.struct_size = sizeof(jf_probe), .alternatives = __VA_ARGS__};

/* --- The table and the entry --------------------------------------------------------------------- */

#define FIXTURE_TABLE(...)                                                                          \
  static const jf_transport fixture_table = {                                                       \
      .struct_size = sizeof(jf_transport),                                                          \
      .create = fixture_create,                                                                     \
      .destroy = fixture_destroy,                                                                   \
      .describe = fixture_describe,                                                                 \
      .prepare = fixture_prepare,                                                                   \
      .on_head = fixture_on_head,                                                                   \
      .on_frame = fixture_on_frame,                                                                 \
      .on_end = fixture_on_end,                                                                     \
      .classify = fixture_classify,                                                                 \
      __VA_ARGS__};                                                                                 \
  static const void *fixture_interface(const jf_entry *self, const char *id) {                      \
    if (strcmp(id, JF_AUTH_1) == 0) return fixture_auth.struct_size ? &fixture_auth : NULL;         \
    if (strcmp(id, JF_PROBE_1) == 0) return fixture_probe.struct_size ? &fixture_probe : NULL;      \
    return strcmp(id, JF_TRANSPORT_1) == 0 ? &fixture_table : NULL;                                 \
  }

#define FIXTURE_ENTRY(...)                                                                          \
  static const jf_entry fixture_entry = {                                                           \
      .magic = JF_MAGIC,                                                                            \
      .struct_size = sizeof(jf_entry),                                                              \
      .minor = JF_ABI_MINOR,                                                                        \
      .id = FIXTURE_ID,                                                                             \
      .version = "1.2.3",                                                                           \
      .toolchain = "C",                                                                             \
      .manifest_json = "{\"schema\":\"jackfield.manifest/1\",\"id\":\"" FIXTURE_ID "\"}",           \
      .get_interface = fixture_interface,                                                           \
      __VA_ARGS__};                                                                                 \
  JF_EXPORT const jf_entry *jf_plugin_entry_v1(void) { return &fixture_entry; }

#endif
