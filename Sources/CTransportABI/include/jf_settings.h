/* jf_settings.h - what a transport is created from, and how it says that a setting is wrong. */
#ifndef JF_SETTINGS_H
#define JF_SETTINGS_H

#include "jf_failure.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

/* One provider entry, as far as a transport may know it.
 *
 * `provider`        the provider id, for messages.
 * `base_url`        as written, variables replaced; empty when absent.
 * `options`         the entry's `options` as a JSON object, "{}" when absent; numbers as written.
 * `auth`            "none", "key" (the plugin chooses how a key is presented), "bearer" or "header".
 * `auth_header`     lower-case name for "header"; else empty.
 * `state`           "as_sent", "stateless" or "stored".
 * `unsupported`     "drop", "error" or "pass" (`params.unsupported`).
 * `allow_http`      1 when plain http to any host was allowed; loopback is always allowed.
 * Ownership: borrowed during create. */
typedef struct jf_settings_1 {
  uint32_t struct_size;
  uint32_t allow_http;
  jf_borrowed_text provider;
  jf_borrowed_text base_url;
  jf_borrowed_text options;
  jf_borrowed_text auth;
  jf_borrowed_text auth_header;
  jf_borrowed_text state;
  jf_borrowed_text unsupported;
} jf_settings;

/* Sink of `create`. */
typedef struct jf_settings_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* A setting is wrong: `pointer` names it inside the provider entry ("/options/api"), `message` says
   * why and what to do, `suggestion` is the value that would be right, or empty. May be called more
   * than once; create then returns NULL. [in-call] */
  void (*fail)(void *JF_NULLABLE context, jf_borrowed_text pointer, jf_borrowed_text message,
               jf_borrowed_text suggestion);
  /* The same for a setting that is adjusted rather than refused. [in-call] */
  void (*warn)(void *JF_NULLABLE context, jf_borrowed_text pointer, jf_borrowed_text message,
               jf_borrowed_text suggestion);
} jf_settings_sink;

/* Sink of `describe`: static facts of one instance. Each call adds one; order is kept. */
typedef struct jf_describe_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* Base URL that operations are joined to, for people. Once. [in-call] */
  void (*endpoint)(void *JF_NULLABLE context, jf_borrowed_text url);
  /* A host name that exchanges may go to; the host refuses every other. [in-call] */
  void (*allowed_host)(void *JF_NULLABLE context, jf_borrowed_text host);
  /* A lower-case header name in which a credential is placed; users may not set it. [in-call] */
  void (*credential_header)(void *JF_NULLABLE context, jf_borrowed_text name);
  /* A lower-case response header name whose value identifies the request at the upstream. [in-call] */
  void (*request_id_header)(void *JF_NULLABLE context, jf_borrowed_text name);
  /* Who can read the ids and ciphertexts that this instance's upstream hands out. Once. [in-call] */
  void (*state_boundary)(void *JF_NULLABLE context, jf_borrowed_text name);
  /* How long after its making stored state may not be readable yet, in milliseconds; without a call
   * it is readable at once. Once. [in-call] */
  void (*state_lag)(void *JF_NULLABLE context, int64_t milliseconds);
} jf_describe_sink;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
