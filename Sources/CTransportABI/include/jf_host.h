/* jf_host.h - what the host lends a plugin. No memory, no environment, no files, no sockets. */
#ifndef JF_HOST_H
#define JF_HOST_H

#include "jf_value.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

/* Levels of `log`, numbered as in OpenTelemetry's severity. */
#define JF_LOG_DEBUG ((int32_t)5)
#define JF_LOG_INFO ((int32_t)9)
#define JF_LOG_WARN ((int32_t)13)
#define JF_LOG_ERROR ((int32_t)17)

/* The host's function table. Valid from `create` until the process ends; a plugin may keep it.
 * Clock and random come from here so that a replay gives the same bytes. */
typedef struct JF_SENDABLE jf_host_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* Writes one line to the host's log. `message` must not hold a secret. [any-thread] */
  void (*log)(void *JF_NULLABLE context, int32_t level, jf_borrowed_text message);
  /* Milliseconds since 1970-01-01T00:00:00Z. [any-thread] */
  int64_t (*unix_time_ms)(void *JF_NULLABLE context);
  /* Fills `length` bytes at `buffer`. [any-thread] */
  void (*random)(void *JF_NULLABLE context, uint8_t *buffer, size_t length);
  /* An optional service by id ("jackfield.json/1"), or NULL: ask late, and do without. [any-thread] */
  const void *JF_NULLABLE (*JF_NONNULL get_extension)(void *JF_NULLABLE context, const char *id);
} jf_host;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
