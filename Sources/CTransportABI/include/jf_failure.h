/* jf_failure.h - how a transport says what went wrong. The transport classifies; the host decides. */
#ifndef JF_FAILURE_H
#define JF_FAILURE_H

#include "jf_value.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

/* Error codes that a transport may say. Flows from plugin to host; an unknown one counts as
 * JF_CODE_PROTOCOL_ERROR. The host's own codes (network, timeouts, ...) are not in this list. */
#define JF_CODE_CONFIG_INVALID ((int32_t)1)       /* only from create */
#define JF_CODE_REQUEST_INVALID ((int32_t)2)      /* the caller's request can never succeed as it is */
#define JF_CODE_OPERATION_UNSUPPORTED ((int32_t)3)
#define JF_CODE_CONTEXT_LENGTH_EXCEEDED ((int32_t)4)
#define JF_CODE_CONTENT_FILTERED ((int32_t)5)
#define JF_CODE_AUTH ((int32_t)6)                 /* the credential was refused */
#define JF_CODE_PERMISSION ((int32_t)7)           /* the credential is known and may not do this */
#define JF_CODE_NOT_FOUND ((int32_t)8)            /* deployment, response or path; `scope` says which */
#define JF_CODE_RATE_LIMITED ((int32_t)9)
#define JF_CODE_QUOTA_EXHAUSTED ((int32_t)10)     /* waiting does not help before a reset */
#define JF_CODE_OVERLOADED ((int32_t)11)
#define JF_CODE_UPSTREAM_FAILED ((int32_t)12)
#define JF_CODE_PROTOCOL_ERROR ((int32_t)13)      /* the upstream sent what it must not */
#define JF_CODE_STATE_NOT_READY ((int32_t)14)     /* stored state exists and is not readable yet */
#define JF_CODE_STATE_LOST ((int32_t)15)          /* stored state is gone or belongs to somebody else */

/* What a failure blames, so that a cool-down falls on nothing else. Flows from plugin to host; an
 * unknown one counts as JF_SCOPE_REQUEST. */
#define JF_SCOPE_REQUEST ((int32_t)1)
#define JF_SCOPE_MODEL ((int32_t)2)
#define JF_SCOPE_CREDENTIAL ((int32_t)3)
#define JF_SCOPE_ENDPOINT ((int32_t)4)
#define JF_SCOPE_NETWORK ((int32_t)5)

/* Whether the same request may succeed at another time. Flows from plugin to host; an unknown one
 * counts as JF_RETRY_UNSAID. */
#define JF_RETRY_UNSAID ((int32_t)0) /* the code decides */
#define JF_RETRY_YES ((int32_t)1)    /* the upstream says that it may */
#define JF_RETRY_NO ((int32_t)2)     /* the upstream says that it will not */

/* One failure, complete in one call, so that no state is kept between threads.
 *
 * `message`        the cause in plain words and what to do; never a secret.
 * `pointer`        RFC 6901: into the provider entry for create ("/options/api", "/base_url", "/auth"),
 *                  into the caller's body for a refused request ("/input/3"); else empty.
 * `upstream_code`  the upstream's own code, as it sent it; else empty.
 * `retry_after_ms` how long the upstream asked to wait, in milliseconds; negative: it did not say.
 * `amendment`      id of a change to the request that would help, in the plugin's own words; the host
 *                  hands it back in `jf_request.amendments`. At most 1 KiB. Empty: none.
 * `setting`        RFC 6901 into the provider entry: what in the configuration caused it
 *                  ("/options/api"); else empty, and the host goes by `scope`.
 * `suggestion`     the value of `setting` that would be right; else empty.
 * `token_scope`    the scope that a token must have in place of the refused one's; else empty.
 * `state_id`       the id of the stored state that was not found; else empty.
 * `lasting`        1: the amendment suits every later request for the same model, so that the host may
 *                  remember it; 0: this request alone.
 * `retry`          what the upstream says of another try, JF_RETRY_*.
 * Ownership: borrowed by the host during the call. */
typedef struct jf_failure_1 {
  uint32_t struct_size;
  int32_t code;
  int32_t scope;
  int32_t retry;
  jf_borrowed_text message;
  jf_borrowed_text pointer;
  jf_borrowed_text upstream_code;
  int64_t retry_after_ms;
  jf_borrowed_text amendment;
  jf_borrowed_text setting;
  jf_borrowed_text suggestion;
  jf_borrowed_text token_scope;
  jf_borrowed_text state_id;
  uint32_t lasting;
  uint32_t reserved;
} jf_failure;

/* Sink of `classify`. */
typedef struct jf_failure_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* States the failure; the first call counts. [in-call] */
  void (*fail)(void *JF_NULLABLE context, const jf_failure *failure);
} jf_failure_sink;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
