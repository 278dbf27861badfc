/* jf_abi.h - the Jackfield transport ABI, major 1 (draft). Includes every header of the contract.
 *
 * A plugin is one shared object with one exported symbol, `jf_plugin_entry_v1` (jf_entry.h). The
 * entry hands out interfaces by versioned id; "jackfield.transport/1" (jf_transport.h) is the one
 * that every transport plugin must have.
 *
 * A transport never touches a socket, a file, a clock or a thread. It is a table of pure, bounded
 * functions: a request goes in and the description of one HTTP exchange comes out; a response head
 * and framed pieces of the body go in and events come out. The host does everything else.
 *
 * Promises that hold for the whole of major 1:
 *   1. Borrow in, sink out. Arguments belong to the caller and are valid during the call. Results go
 *      into sinks, which copy. No allocator crosses, so nothing here is ever freed by the other side.
 *   2. What is released never changes: layout, meaning, ownership, thread tag. A new need gets a new
 *      id and a new struct tag. `struct_size` must be equal on both sides: a tripwire, not a way to grow.
 *   3. Constants that a plugin hands to the host may gain values; the host treats one that it does not
 *      know as the most general of its kind. In the other direction names are strings, so that an old
 *      plugin meets a word it can refuse and never a number it misreads.
 *   4. No exception, panic, longjmp or language object crosses.
 *
 * Thread-and-state tags. Each function ends with one; they are about mutual exclusion, not OS threads:
 *   [load]        the host calls one such function at a time per plugin, on any thread
 *   [instance]    concurrently, on any threads, for one instance; an instance is immutable after create
 *   [exchange]    never two at once for one exchange; the thread may change between calls
 *   [any-thread]  at any time on any thread
 *   [in-call]     only inside the call that received the sink, on that thread
 */
#ifndef JF_ABI_H
#define JF_ABI_H

#include "jf_value.h"
#include "jf_failure.h"
#include "jf_host.h"
#include "jf_json.h"
#include "jf_settings.h"
#include "jf_exchange.h"
#include "jf_recognize.h"
#include "jf_transport.h"
#include "jf_auth.h"
#include "jf_probe.h"
#include "jf_entry.h"

#endif
