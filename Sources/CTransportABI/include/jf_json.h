/* jf_json.h - "jackfield.json/1": reading JSON without a parser of one's own.
 *
 * For plugins in languages where a JSON library would be the largest part. All functions work on
 * ranges of the caller's bytes and copy nothing. The document must be one that the host has validated:
 * `jf_request.body`, a setting, or the data of a frame that the host framed as JSON. */
#ifndef JF_JSON_H
#define JF_JSON_H

#include "jf_value.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

#define JF_JSON_1 "jackfield.json/1"

/* The service's function table. Valid until the process ends; a plugin may keep it. */
typedef struct JF_SENDABLE jf_json_1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* The value at an RFC 6901 pointer. Returns 1 and sets `*value`, or 0 when there is none. [any-thread] */
  int32_t (*find)(jf_borrowed_bytes document, jf_borrowed_text pointer, jf_range *value);
  /* The next member of an object, or item of an array (whose `key` is then empty). Start with
   * `*cursor` = 0. Returns 1 and advances `*cursor`, or 0 at the end or for a scalar. [any-thread] */
  int32_t (*next)(jf_borrowed_bytes document, jf_range container, size_t *cursor, jf_member *member);
  /* Decodes a string (range with its quotes) into `buffer` of `capacity` bytes. Returns the length of
   * the whole decoded text; when that exceeds `capacity`, nothing was written. [any-thread] */
  size_t (*unescape)(jf_borrowed_bytes document, jf_range string, char *JF_NULLABLE buffer, size_t capacity);
} jf_json;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
