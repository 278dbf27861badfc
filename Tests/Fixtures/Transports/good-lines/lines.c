/* Speaks to an upstream that knows nothing of the canonical language, and translates both ways.
 *
 * Its request is {"prompt": "..."}; its answer is a line per piece of text, {"say": "..."}, and a last
 * one, {"end": true}, or {"sorry": "..."} when it failed. What must be remembered between lines (the
 * number of the next event, the text so far) is the exchange. */
#include "../fixture.h"

struct jf_exchange_s {
  const jf_json *json;
  unsigned sequence;
  int is_over;
  size_t length;
  char *text; /* the content of a JSON string, still escaped */
};

static const jf_json *json_of(jf_instance *instance) {
  return instance->host->get_extension(instance->host->context, JF_JSON_1);
}

static jf_status refuse(const jf_exchange_sink *sink, const char *message) {
  jf_failure failure = failure_of(JF_CODE_REQUEST_INVALID, text_of(message));
  failure.pointer = TEXT("/input");
  sink->fail(sink->context, &failure);
  return JF_FAILED;
}

/* The prompt is the caller's `input`, a range of the caller's bytes: nothing is copied. */
static jf_status prepare(PREPARE_PARAMETERS) {
  const jf_json *json = json_of(instance);
  jf_range input;
  if (json == NULL) return refuse(sink, "this host lends no JSON.");
  if (!json->find(request->body, TEXT("/input"), &input) ||
      request->body.ptr[input.offset] != '"') {
    return refuse(sink, "this upstream takes a plain string as input and nothing else.");
  }
  put_method(request, sink);
  put_url(instance, sink);
  put_headers(request, sink);
  sink->body_literal(sink->context, bytes_of(TEXT("{\"prompt\":")));
  put_input(sink, input.offset, input.offset + input.length);
  sink->body_literal(sink->context, bytes_of(TEXT("}")));
  *exchange = calloc(1, sizeof **exchange);
  (*exchange)->json = json;
  return JF_OK;
}

static jf_status on_head(HEAD_PARAMETERS) {
  sink->framing(sink->context, JF_FRAMING_JSON_LINES);
  return JF_OK;
}

/* Emits an event: its type and number, then `rest`, the other members with a comma before. */
static void emit(jf_exchange *exchange, const char *type, jf_borrowed_text rest,
                 const jf_event_sink *sink) {
  size_t capacity = rest.len + 128;
  char *data = malloc(capacity);
  int length = snprintf(data, capacity, "{\"type\":\"%s\",\"sequence_number\":%u%.*s}", type,
                        exchange->sequence++, (int)rest.len, rest.len > 0 ? rest.ptr : "");
  sink->emit(sink->context, text_of(type),
             (jf_borrowed_bytes){(const uint8_t *)data, (size_t)length});
  free(data);
}

/* Emits an event with a text between two pieces of JSON. */
static void emit_text(jf_exchange *exchange, const char *type, const char *before,
                      jf_borrowed_text text, const char *after, const jf_event_sink *sink) {
  size_t capacity = strlen(before) + text.len + strlen(after) + 1;
  char *rest = malloc(capacity);
  int length = snprintf(rest, capacity, "%s%.*s%s", before, (int)text.len,
                        text.len > 0 ? text.ptr : "", after);
  emit(exchange, type, (jf_borrowed_text){rest, (size_t)length}, sink);
  free(rest);
}

/* A string of a line, without its quotes and still escaped. */
static int string_at(jf_exchange *exchange, jf_borrowed_bytes line, jf_borrowed_text pointer,
                     jf_borrowed_text *content) {
  jf_range range;
  if (!exchange->json->find(line, pointer, &range) || line.ptr[range.offset] != '"') return 0;
  *content = (jf_borrowed_text){(const char *)line.ptr + range.offset + 1, range.length - 2};
  return 1;
}

static void remember(jf_exchange *exchange, jf_borrowed_text piece) {
  exchange->text = realloc(exchange->text, exchange->length + piece.len + 1);
  memcpy(exchange->text + exchange->length, piece.ptr, piece.len);
  exchange->length += piece.len;
}

static jf_status on_frame(FRAME_PARAMETERS) {
  jf_borrowed_text text;
  jf_range end;
  if (exchange->sequence == 0) {
    emit(exchange, "response.created", TEXT(",\"response\":{\"id\":\"r\",\"status\":\"in_progress\"}"),
         sink);
  }
  if (string_at(exchange, data, TEXT("/say"), &text)) {
    remember(exchange, text);
    emit_text(exchange, "response.output_text.delta",
              ",\"output_index\":0,\"content_index\":0,\"delta\":\"", text, "\"", sink);
  } else if (string_at(exchange, data, TEXT("/sorry"), &text)) {
    jf_failure failure = failure_of(JF_CODE_OVERLOADED, text);
    failure.scope = JF_SCOPE_ENDPOINT;
    sink->fail(sink->context, &failure);
    return JF_FAILED;
  } else if (exchange->json->find(data, TEXT("/end"), &end)) {
    exchange->is_over = 1;
  }
  return JF_OK;
}

static jf_status on_end(END_PARAMETERS) {
  if (!exchange->is_over) {
    jf_failure failure =
        failure_of(JF_CODE_PROTOCOL_ERROR, TEXT("the stream ended before its last line."));
    failure.scope = JF_SCOPE_ENDPOINT;
    sink->fail(sink->context, &failure);
    return JF_FAILED;
  }
  emit_text(exchange, "response.completed",
            ",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":[{\"type\":\"message\","
            "\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"",
            (jf_borrowed_text){exchange->text, exchange->length}, "\"}]}]}", sink);
  return JF_OK;
}

static void exchange_destroy(jf_exchange *exchange) {
  free(exchange->text);
  free(exchange);
}

FIXTURE_TABLE(.prepare = prepare, .on_head = on_head, .on_frame = on_frame, .on_end = on_end,
              .exchange_destroy = exchange_destroy)
FIXTURE_ENTRY()
