/* jf_probe.h - "jackfield.probe/1": under which other settings the same account may answer.
 *
 * For `jackfield probe`, after a request was refused or not understood. The plugin names what people
 * confuse; the host tries it, and shows only what was seen to work. */
#ifndef JF_PROBE_H
#define JF_PROBE_H

#include "jf_settings.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

#define JF_PROBE_1 "jackfield.probe/1"

/* Sink of `alternatives`. */
typedef struct jf_probe_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* Other settings, the likeliest first; of more than 8 the host takes the first 8. `base_url` and
   * `options` (a JSON object) replace those of the entry, empty: the entry then has none; all else
   * stays. `reason` completes "the upstream answers when ...", in plain words. The host sends the
   * secret nowhere but to the host of the entry itself, so others are dropped. [in-call] */
  void (*alternative)(void *JF_NULLABLE context, jf_borrowed_text base_url,
                      jf_borrowed_text options, jf_borrowed_text reason);
} jf_probe_sink;

/* The interface's function table. Static for the life of the process. */
typedef struct jf_probe_1 jf_probe;
struct JF_SENDABLE jf_probe_1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Names other settings than these, which `create` may have refused; none when it knows none.
   * Ownership: `settings` is borrowed during the call. [any-thread] */
  void (*alternatives)(const jf_probe *self, const jf_settings *settings,
                       const jf_probe_sink *sink);
};

JF_ASSUME_NONNULL_END
JF_C_END
#endif
