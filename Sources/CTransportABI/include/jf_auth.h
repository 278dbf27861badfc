/* jf_auth.h - "jackfield.auth/1": obtaining a token, as a step machine without I/O.
 *
 * begin, then step with NULL; while it answers JF_NEED_EFFECT the host performs the effect and steps
 * again with what came of it; JF_DONE says where the token stands; end. At most 64 steps. */
#ifndef JF_AUTH_H
#define JF_AUTH_H

#include "jf_exchange.h"
#include "jf_transport.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

#define JF_AUTH_1 "jackfield.auth/1"

/* Effects, each with its argument and what `jf_effect_result` then holds. Flows from plugin to host;
 * one that the host does not know or grant comes back with a `problem`. */
#define JF_EFFECT_HTTP ((int32_t)1)        /* {"timeout_ms":N,"proxy":false}, members optional; status,
                                            * headers, body. Described through `exchange` first. */
#define JF_EFFECT_VARIABLE ((int32_t)2)    /* name of an environment variable; body, status 1 or 0 */
#define JF_EFFECT_READ_FILE ((int32_t)3)   /* path, no secret; body */
#define JF_EFFECT_SECRET ((int32_t)4)      /* {"env":NAME} or {"file":PATH}; credential, status 1 or 0 */
#define JF_EFFECT_EXECUTE ((int32_t)5)     /* JSON array of program and arguments, no shell; status is
                                            * the exit code, 127: no such program; body the standard
                                            * output, problem the standard error of one that failed */
#define JF_EFFECT_SLEEP_MS ((int32_t)6)    /* decimal milliseconds; nothing */
#define JF_EFFECT_SIGN ((int32_t)7)        /* {"algorithm":"PS256"|"RS256","credential":N,"input":TEXT}:
                                            * signs with a PEM key; body is the signature */
#define JF_EFFECT_CERTIFICATE ((int32_t)8) /* decimal handle of a PEM secret; body is its certificates as
                                            * PEM, without the keys */

/* How a secret is written into a body. */
#define JF_ENCODING_RAW ((int32_t)0)
#define JF_ENCODING_FORM ((int32_t)1)        /* application/x-www-form-urlencoded */
#define JF_ENCODING_JSON_STRING ((int32_t)2) /* escaped, without quotes */

/* How a source of a chain fared. Flows from plugin to host. */
#define JF_SOURCE_SKIPPED ((int32_t)1) /* not set up on this machine */
#define JF_SOURCE_FAILED ((int32_t)2)  /* set up, and gave no token */
#define JF_SOURCE_CHOSEN ((int32_t)3)  /* it gives the token, or is about to be asked for it */

typedef struct jf_auth_flow_s jf_auth_flow; /* plugin-owned: one run of the machine */

/* What an effect gave; which fields mean something stands at each effect above.
 *
 * `problem` is empty when the effect was performed; else why not, in words, without a secret.
 * Ownership: borrowed during step. */
typedef struct jf_effect_result_1 {
  uint32_t struct_size;
  int32_t status;
  const jf_borrowed_pair *JF_NULLABLE headers;
  size_t header_count;
  jf_borrowed_bytes body;
  jf_credential_handle credential;
  jf_borrowed_text problem;
} jf_effect_result;

/* Sink of `describe`. */
typedef struct jf_auth_facts_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* The scope of a token for this instance. Once. [in-call] */
  void (*scope)(void *JF_NULLABLE context, jf_borrowed_text scope);
  /* How long before its end a token is renewed, in milliseconds; without a call the host chooses. Once.
   * [in-call] */
  void (*refresh_before)(void *JF_NULLABLE context, int64_t milliseconds);
  /* A setting is wrong: `pointer` names it inside the credential ("/entra/tenant"); otherwise as in
   * jf_settings_sink. [in-call] */
  void (*fail)(void *JF_NULLABLE context, jf_borrowed_text pointer, jf_borrowed_text message,
               jf_borrowed_text suggestion);
} jf_auth_facts_sink;

/* Sink of `step`. */
typedef struct jf_auth_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* Asks for an effect. [in-call] */
  void (*effect)(void *JF_NULLABLE context, int32_t effect, jf_borrowed_text argument);
  /* Where an HTTP effect is described. */
  const jf_exchange_sink *exchange;
  /* Appends the secret to the HTTP effect's body. [in-call] */
  void (*body_credential)(void *JF_NULLABLE context, jf_credential_handle credential,
                          int32_t encoding);
  /* Says how one source of a chain fared, JF_SOURCE_*, and why; for people. [in-call] */
  void (*source)(void *JF_NULLABLE context, jf_borrowed_text name, int32_t outcome,
                 jf_borrowed_text reason);
  /* The token stands at `token` (RFC 6901; empty: the whole text) in the body that the last effect
   * gave; the host extracts it. Lifetimes in seconds; negative: unknown. [in-call] */
  void (*token)(void *JF_NULLABLE context, jf_borrowed_text token, int64_t expires_in_s,
                int64_t refresh_in_s);
  /* The flow failed; `pointer` then points into the credential. [in-call] */
  void (*fail)(void *JF_NULLABLE context, const jf_failure *failure);
} jf_auth_sink;

/* The interface's function table. Static for the life of the process. */
typedef struct JF_SENDABLE jf_auth_1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Judges a credential without obtaining it. `settings` is the credential's JSON object, such as
   * {"entra":{"client_secret":{"$secret":7}}}, with a handle in place of each secret.
   * Errors: JF_FAILED for a flow that the plugin does not know, or after `sink->fail`. [instance] */
  jf_status (*describe)(jf_instance *instance, jf_borrowed_text settings,
                        const jf_auth_facts_sink *sink);
  /* Starts a flow for `scope`; an empty one means the instance's own. NULL: unknown flow.
   * Ownership: the flow is the plugin's; the host ends it with `end`. [instance] */
  jf_auth_flow *JF_NULLABLE (*JF_NONNULL begin)(jf_instance *instance, jf_borrowed_text settings,
                                                jf_borrowed_text scope);
  /* One step; `previous` is what the effect gave, NULL at first. Errors: JF_FAILED after
   * `sink->fail`. [exchange] */
  jf_status (*step)(jf_auth_flow *flow, const jf_effect_result *JF_NULLABLE previous,
                    const jf_auth_sink *sink);
  /* Ends the flow in whatever state. [exchange] */
  void (*end)(jf_auth_flow *flow);
} jf_auth;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
