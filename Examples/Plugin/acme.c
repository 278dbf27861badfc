/* acme.c - a whole provider in C, built against the headers alone:
 *
 *     cc -std=c11 -O2 -shared -fPIC -fvisibility=hidden -I PREFIX/include/jackfield acme.c -o libacme.so
 *
 * It speaks to any upstream of the canonical language: it joins the operation to base_url, places the
 * key as a bearer and puts the target's model in. Two lines of YAML add it to a host that never heard
 * of it:
 *
 *     plugins: { acme: { path: libacme } }
 *     providers: { acme: { plugin: acme, base_url: "https://api.acme.example/v1", auth: { key: { env: ACME_KEY } } } }
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jf_abi.h"

#define TEXT(literal) ((jf_borrowed_text){(literal), sizeof(literal) - 1})

struct jf_instance_s {
  char base_url[512];
  const jf_json *json; /* the host's scanner */
};

static const jf_rule rules[] = {
    {"model-name", "The target's model stands for the name that the caller used.",
     "https://api.acme.example/docs/models"},
};

static jf_instance *create(const jf_transport *self, const jf_host *host,
                           const jf_settings *settings, const jf_settings_sink *sink) {
  (void)self;
  if (settings->base_url.len == 0 || settings->base_url.len >= 512) {
    sink->fail(sink->context, TEXT("/base_url"),
               TEXT("acme has no endpoint of its own. Write the URL above /responses."), TEXT(""));
    return NULL;
  }
  jf_instance *instance = calloc(1, sizeof *instance);
  if (instance == NULL) return NULL;
  memcpy(instance->base_url, settings->base_url.ptr, settings->base_url.len);
  instance->json = host->get_extension(host->context, JF_JSON_1);
  return instance;
}

static void destroy(jf_instance *instance) { free(instance); }

static jf_borrowed_text host_of(const jf_instance *instance) {
  const char *host = strstr(instance->base_url, "://");
  host = host != NULL ? host + 3 : instance->base_url;
  return (jf_borrowed_text){host, strcspn(host, ":/?#")};
}

static void describe(jf_instance *instance, const jf_describe_sink *sink) {
  sink->endpoint(sink->context, (jf_borrowed_text){instance->base_url, strlen(instance->base_url)});
  sink->allowed_host(sink->context, host_of(instance));
  sink->credential_header(sink->context, TEXT("authorization"));
  sink->request_id_header(sink->context, TEXT("x-request-id"));
  sink->state_boundary(sink->context, host_of(instance));
}

static jf_status fail(const jf_exchange_sink *sink, int32_t code, jf_borrowed_text message) {
  jf_failure failure = {.struct_size = sizeof failure,
                        .code = code,
                        .scope = JF_SCOPE_REQUEST,
                        .message = message,
                        .retry_after_ms = -1};
  sink->fail(sink->context, &failure);
  return JF_FAILED;
}

/* The body as it came, but for the model: three pieces, and none of the caller's bytes copied. */
static void put_body(jf_instance *instance, const jf_request *request, const jf_exchange_sink *sink) {
  jf_range model;
  if (instance->json == NULL || request->model.len == 0 ||
      !instance->json->find(request->body, TEXT("/model"), &model)) {
    sink->body_input(sink->context, (jf_range){0, request->body.len});
    return;
  }
  size_t end = model.offset + model.length;
  sink->body_input(sink->context, (jf_range){0, model.offset});
  sink->body_literal(sink->context, (jf_borrowed_bytes){(const uint8_t *)"\"", 1});
  sink->body_literal(sink->context, (jf_borrowed_bytes){(const uint8_t *)request->model.ptr, request->model.len});
  sink->body_literal(sink->context, (jf_borrowed_bytes){(const uint8_t *)"\"", 1});
  sink->body_input(sink->context, (jf_range){end, request->body.len - end});
  sink->edit(sink->context, 0, JF_EDIT_REPLACE, model.offset, TEXT(""));
}

/* Whether a text can stand between quotes as it is. */
static int is_plain(jf_borrowed_text text) {
  for (size_t index = 0; index < text.len; index++)
    if (text.ptr[index] == '"' || text.ptr[index] == '\\' || (unsigned char)text.ptr[index] < 0x20) return 0;
  return 1;
}

static jf_status prepare(jf_instance *instance, const jf_request *request,
                         const jf_exchange_sink *sink, jf_exchange **exchange) {
  *exchange = NULL;
  if (request->operation.len != 6 || memcmp(request->operation.ptr, "create", 6) != 0)
    return fail(sink, JF_CODE_OPERATION_UNSUPPORTED, TEXT("acme can only create responses."));
  if (!is_plain(request->model))
    return fail(sink, JF_CODE_REQUEST_INVALID, TEXT("acme's models have plain names."));
  char url[sizeof instance->base_url + 16];
  int length = snprintf(url, sizeof url, "%s/responses", instance->base_url);
  sink->method(sink->context, TEXT("POST"));
  sink->url(sink->context, (jf_borrowed_text){url, (size_t)length});
  sink->header(sink->context, TEXT("content-type"), TEXT("application/json"));
  sink->header(sink->context, TEXT("accept"),
               request->stream ? TEXT("text/event-stream") : TEXT("application/json"));
  if (request->credential != 0)
    sink->header_credential(sink->context, TEXT("authorization"), TEXT("Bearer "), request->credential);
  put_body(instance, request, sink);
  return JF_OK;
}

static jf_status on_head(jf_instance *instance, jf_exchange *exchange, const jf_response *head,
                         const jf_head_sink *sink) {
  (void)instance;
  (void)exchange;
  for (size_t index = 0; index < head->header_count; index++) {
    jf_borrowed_pair header = head->headers[index];
    if (header.name.len == 12 && memcmp(header.name.ptr, "content-type", 12) == 0 &&
        header.value.len >= 17 && memcmp(header.value.ptr, "text/event-stream", 17) == 0)
      sink->framing(sink->context, JF_FRAMING_SERVER_SENT_EVENTS);
  }
  return JF_OK;
}

static void classify(jf_instance *instance, jf_exchange *exchange, const jf_response *response,
                     const jf_failure_sink *sink) {
  (void)instance;
  (void)exchange;
  jf_failure failure = {.struct_size = sizeof failure,
                        .code = JF_CODE_UPSTREAM_FAILED,
                        .scope = JF_SCOPE_ENDPOINT,
                        .message = TEXT("acme refused the request."),
                        .retry_after_ms = -1};
  if (response->status == 401) {
    failure.code = JF_CODE_AUTH;
    failure.scope = JF_SCOPE_CREDENTIAL;
    failure.message = TEXT("acme refused the key. Check the variable that auth names.");
    failure.setting = TEXT("/auth");
  }
  sink->fail(sink->context, &failure);
}

static const jf_transport transport = {
    .struct_size = sizeof transport,
    .rule_count = 1,
    .rules = rules,
    .create = create,
    .destroy = destroy,
    .describe = describe,
    .prepare = prepare,
    .on_head = on_head,
    .classify = classify,
};

static const void *get_interface(const jf_entry *self, const char *id) {
  (void)self;
  return strcmp(id, JF_TRANSPORT_1) == 0 ? &transport : NULL;
}

static const jf_entry entry = {
    .magic = JF_MAGIC,
    .struct_size = sizeof entry,
    .minor = JF_ABI_MINOR,
    .id = "acme",
    .version = "1.0.0",
    .toolchain = "C11",
    .manifest_json = "{\"schema\":\"jackfield.manifest/1\",\"id\":\"acme\",\"version\":\"1.0.0\","
                     "\"summary\":\"An example provider\"}",
    .get_interface = get_interface,
};

const jf_entry *jf_plugin_entry_v1(void) { return &entry; }
