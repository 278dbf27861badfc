/* jf_transport.h - "jackfield.transport/1": the table that a transport plugin is. */
#ifndef JF_TRANSPORT_H
#define JF_TRANSPORT_H

#include "jf_exchange.h"
#include "jf_host.h"
#include "jf_recognize.h"
#include "jf_settings.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

#define JF_TRANSPORT_1 "jackfield.transport/1"

typedef struct jf_instance_s jf_instance; /* plugin-owned: one configured provider */
typedef struct jf_exchange_s jf_exchange; /* plugin-owned: what one attempt must remember */

/* A reason for edits. Static for the life of the process; texts are NUL-terminated UTF-8.
 * `id` is kebab-case; `reason` one sentence for people; `link` where the fact comes from. */
typedef struct JF_SENDABLE jf_rule_1 {
  const char *id;
  const char *reason;
  const char *link;
} jf_rule;

/* The table. Functions that have no instance yet are given the table itself as `self`, so that one
 * piece of code can serve several tables. */
typedef struct jf_transport_1 jf_transport;
struct JF_SENDABLE jf_transport_1 {
  uint32_t struct_size;
  uint32_t rule_count;
  /* What `jf_exchange_sink.edit` indexes. */
  const jf_rule *JF_NULLABLE rules;

  /* Makes an instance of a provider entry, or says in the sink what is wrong with it and returns NULL.
   * Ownership: the instance is the plugin's; the host ends it with `destroy`. `host` may be kept.
   * [load] */
  jf_instance *JF_NULLABLE (*JF_NONNULL create)(const jf_transport *self, const jf_host *host,
                                                const jf_settings *settings,
                                                const jf_settings_sink *sink);
  /* Ends an instance that has no exchange left. [load] */
  void (*destroy)(jf_instance *instance);
  /* States the instance's facts. [instance] */
  void (*describe)(jf_instance *instance, const jf_describe_sink *sink);
  /* Reads a request that works. `confidence` 0, or no call: not this plugin's. [any-thread] */
  void (*JF_NULLABLE recognize)(const jf_transport *self, const jf_sample *sample,
                                const jf_recognize_sink *sink);

  /* Describes one attempt. May set `*exchange` to what on_head and later calls need, or leave it NULL.
   * Errors: JF_FAILED after `sink->fail`; `*exchange` must then be NULL.
   * Ownership: the exchange is the plugin's; the host ends it with `exchange_destroy`.
   * [instance] */
  jf_status (*prepare)(jf_instance *instance, const jf_request *request,
                       const jf_exchange_sink *sink,
                       jf_exchange *JF_NULLABLE *JF_NONNULL exchange);
  /* A response with a status below 400 begins: choose its framing. [exchange] */
  jf_status (*on_head)(jf_instance *instance, jf_exchange *JF_NULLABLE exchange,
                       const jf_response *head, const jf_head_sink *sink);
  /* One frame of the body, whole. NULL: every frame is forwarded. [exchange] */
  jf_status (*JF_NULLABLE on_frame)(jf_instance *instance, jf_exchange *JF_NULLABLE exchange,
                                    jf_borrowed_text name, jf_borrowed_bytes data,
                                    const jf_event_sink *sink);
  /* The body ended cleanly. [exchange] */
  jf_status (*JF_NULLABLE on_end)(jf_instance *instance, jf_exchange *JF_NULLABLE exchange,
                                  const jf_event_sink *sink);
  /* Explains a refusal: a status of 400 or more with its body, or the error object of a stream (then
   * with the stream's own status). Calls `sink->fail` exactly once. [exchange] */
  void (*classify)(jf_instance *instance, jf_exchange *JF_NULLABLE exchange,
                   const jf_response *response, const jf_failure_sink *sink);
  /* The attempt is over, in whatever state; cancellation is nothing but this. NULL: `prepare` never
   * sets an exchange. [exchange] */
  void (*JF_NULLABLE exchange_destroy)(jf_exchange *exchange);
};

JF_ASSUME_NONNULL_END
JF_C_END
#endif
