/* jf_exchange.h - one attempt: the request that goes in, the exchange that comes out, its response. */
#ifndef JF_EXCHANGE_H
#define JF_EXCHANGE_H

#include "jf_failure.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

/* A top-level member that the configuration sets; `value` is JSON. */
typedef struct jf_param_set_1 {
  jf_borrowed_text name;
  jf_borrowed_text value;
} jf_param_set;

/* Bounds that the configuration puts on a top-level number; an empty side is open. JSON numbers. */
typedef struct jf_param_clamp_1 {
  jf_borrowed_text name;
  jf_borrowed_text minimum;
  jf_borrowed_text maximum;
} jf_param_clamp;

/* One request for one target.
 *
 * `operation`    "create", "get", "delete", "cancel", "input_items", "input_tokens", "compact",
 *                "models"; refuse one that is not known with JF_CODE_OPERATION_UNSUPPORTED.
 * `model`        the target's model, deployment or empty: what goes on the wire.
 * `response_id`  for get, delete, cancel and input_items.
 * `query`        decoded pairs that the caller wants in the query.
 * `body`         canonical JSON (UTF-8, validated, an object), or empty.
 * `members`      the top-level members of `body` in order, duplicates included.
 * `stream`       1 when the body asks for a stream.
 * `attempt`      counted from 1 within a call.
 * `credential`   the provider's secret to place, or 0.
 * `sets`, `removes`, `clamps`  `params` of provider and target, to apply in this order, first.
 * `capabilities` JSON object of the target's declared capabilities, "{}" when absent.
 * `target`       JSON object of the target's own options, "{}" when absent.
 * `amendments`   ids from earlier `jf_failure.amendment` that must be applied.
 * Ownership: borrowed during prepare. */
typedef struct jf_request_1 {
  uint32_t struct_size;
  uint32_t attempt;
  jf_borrowed_text operation;
  jf_borrowed_text model;
  jf_borrowed_text response_id;
  const jf_borrowed_pair *JF_NULLABLE query;
  size_t query_count;
  jf_borrowed_bytes body;
  const jf_member *JF_NULLABLE members;
  size_t member_count;
  uint32_t stream;
  uint32_t reserved;
  jf_credential_handle credential;
  const jf_param_set *JF_NULLABLE sets;
  size_t set_count;
  const jf_borrowed_text *JF_NULLABLE removes;
  size_t remove_count;
  const jf_param_clamp *JF_NULLABLE clamps;
  size_t clamp_count;
  jf_borrowed_text capabilities;
  jf_borrowed_text target;
  const jf_borrowed_text *JF_NULLABLE amendments;
  size_t amendment_count;
} jf_request;

/* What an edit did. Flows from plugin to host. */
#define JF_EDIT_ADD ((int32_t)1)
#define JF_EDIT_REMOVE ((int32_t)2)
#define JF_EDIT_REPLACE ((int32_t)3)

/* Sink of `prepare`: the description of one HTTP exchange. Method and URL once; headers in wire order;
 * the body is a rope, appended piece by piece, so that what no rule touches is never copied. */
typedef struct jf_exchange_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* "GET", "POST" or "DELETE". [in-call] */
  void (*method)(void *JF_NULLABLE context, jf_borrowed_text method);
  /* Absolute URL; its host must be one that `describe` allowed. [in-call] */
  void (*url)(void *JF_NULLABLE context, jf_borrowed_text url);
  /* Name in lower case; no CR, LF or NUL in either. [in-call] */
  void (*header)(void *JF_NULLABLE context, jf_borrowed_text name, jf_borrowed_text value);
  /* A header whose value is `prefix` and then the secret. [in-call] */
  void (*header_credential)(void *JF_NULLABLE context, jf_borrowed_text name,
                            jf_borrowed_text prefix, jf_credential_handle credential);
  /* Appends bytes to the body. [in-call] */
  void (*body_literal)(void *JF_NULLABLE context, jf_borrowed_bytes bytes);
  /* Appends a part of the request's own body, uncopied. [in-call] */
  void (*body_input)(void *JF_NULLABLE context, jf_range range);
  /* Reports one edit: `rule` is an index into `jf_transport.rules`; `offset` is where it happened in
   * the input: the value's first byte, or for JF_EDIT_ADD the first byte of the container, in which
   * `added` names the member ("-": appended to an array). Taking back what an earlier edit added is
   * JF_EDIT_REMOVE with that edit's `offset` and `added`. [in-call] */
  void (*edit)(void *JF_NULLABLE context, uint32_t rule, int32_t action, size_t offset,
               jf_borrowed_text added);
  /* Something the caller should know that is no edit of the body. [in-call] */
  void (*warn)(void *JF_NULLABLE context, jf_borrowed_text message);
  /* The request cannot be sent; prepare then returns JF_FAILED. [in-call] */
  void (*fail)(void *JF_NULLABLE context, const jf_failure *failure);
} jf_exchange_sink;

/* The head of a response, and what it answers. Header names are in lower case. `body` is empty for
 * on_head; for classify it holds up to 64 KiB of an error body, or the error object of a stream.
 * `operation`, `model` and `response_id` are those of the request, so that a message can name them;
 * they are empty in jf_auth.h. */
typedef struct jf_response_1 {
  uint32_t struct_size;
  int32_t status;
  const jf_borrowed_pair *JF_NULLABLE headers;
  size_t header_count;
  jf_borrowed_bytes body;
  jf_borrowed_text operation;
  jf_borrowed_text model;
  jf_borrowed_text response_id;
} jf_response;

/* How the host cuts a body into frames. Flows from plugin to host. */
#define JF_FRAMING_SERVER_SENT_EVENTS ((int32_t)1) /* one frame an event, `name` its type */
#define JF_FRAMING_JSON_LINES ((int32_t)2)         /* one frame a non-blank line */
#define JF_FRAMING_WHOLE ((int32_t)3)              /* one frame, at the end */
#define JF_FRAMING_RAW ((int32_t)4)                /* as bytes arrive */

/* Sink of `on_head`. */
typedef struct jf_head_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* Chooses the framing; without a call it is JF_FRAMING_WHOLE. [in-call] */
  void (*framing)(void *JF_NULLABLE context, int32_t framing);
  /* The model that really answers, where the head names it. [in-call] */
  void (*served_model)(void *JF_NULLABLE context, jf_borrowed_text model);
  /* What the head says of one rate limit: `unit` is what it counts ("requests", "tokens"), `reset_ms`
   * the milliseconds until it is whole again; a negative number: not said. [in-call] */
  void (*rate_limit)(void *JF_NULLABLE context, jf_borrowed_text unit, int64_t limit,
                     int64_t remaining, int64_t reset_ms);
  /* The head alone shows that the exchange failed. [in-call] */
  void (*fail)(void *JF_NULLABLE context, const jf_failure *failure);
} jf_head_sink;

/* Sink of `on_frame` and `on_end`: canonical events. */
typedef struct jf_event_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* Passes the frame on as it came, uncopied. Returns 0 when the caller wants no more. [in-call] */
  int32_t (*forward)(void *JF_NULLABLE context);
  /* Emits an event, or with an empty `name` the result object. Returns 0 likewise. [in-call] */
  int32_t (*emit)(void *JF_NULLABLE context, jf_borrowed_text name, jf_borrowed_bytes data);
  /* The stream is broken or says that the call failed. [in-call] */
  void (*fail)(void *JF_NULLABLE context, const jf_failure *failure);
} jf_event_sink;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
