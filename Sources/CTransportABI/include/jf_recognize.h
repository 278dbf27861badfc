/* jf_recognize.h - from a request that works to the provider entry that makes it. */
#ifndef JF_RECOGNIZE_H
#define JF_RECOGNIZE_H

#include "jf_value.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

/* A request that somebody says works. Values of credential headers are not passed, only their names.
 * `bearer` is 1 when an `authorization` header began with "Bearer ". */
typedef struct jf_sample_1 {
  uint32_t struct_size;
  uint32_t bearer;
  jf_borrowed_text method;
  jf_borrowed_text url;
  const jf_borrowed_text *JF_NULLABLE header_names;
  size_t header_count;
  jf_borrowed_bytes body;
} jf_sample;

/* Sink of `recognize`. Calls in any order; what is not called is absent from the entry. */
typedef struct jf_recognize_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* How sure the plugin is, 0 (not mine) to 100, and why, in plain words. Once. [in-call] */
  void (*confidence)(void *JF_NULLABLE context, uint32_t percent, jf_borrowed_text reason);
  /* [in-call] */
  void (*base_url)(void *JF_NULLABLE context, jf_borrowed_text url);
  /* An entry under `options`; `value` is JSON. [in-call] */
  void (*option)(void *JF_NULLABLE context, jf_borrowed_text name, jf_borrowed_text value);
  /* `style` is "key", "bearer" or "header"; `header` names the latter's. [in-call] */
  void (*auth)(void *JF_NULLABLE context, jf_borrowed_text style, jf_borrowed_text header);
  /* The model or deployment in use. [in-call] */
  void (*model)(void *JF_NULLABLE context, jf_borrowed_text model);
  /* The variable that usually holds such a credential. [in-call] */
  void (*variable)(void *JF_NULLABLE context, jf_borrowed_text name);
  /* Operation and response id that the URL stands for. [in-call] */
  void (*operation)(void *JF_NULLABLE context, jf_borrowed_text operation,
                    jf_borrowed_text response_id);
} jf_recognize_sink;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
