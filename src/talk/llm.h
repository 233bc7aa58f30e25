/* llm.h - the pure part of the optional large model: what is asked, and what of its answer
 * may be believed.
 *
 * The endpoint speaks the OpenAI form (/v1/chat/completions with a JSON schema).  It gets one
 * person's sentence only, with the names replaced by PERSONNE1, PERSONNE2...; its answer passes
 * llm_accept(), which believes nothing: unknown fields, texts that were not said, dates out of
 * reach, rules that do not parse all refuse the whole answer, and the embedded engine speaks.
 * Emergencies never come here: alarm.h ran before, and an answer cannot lower one.
 *
 * Memory:  results live in the arena.  Threads: no hidden state.
 */
#ifndef TALK_LLM_H
#define TALK_LLM_H

#include "talk/talk.h"

#define LLM_MAX_ANSWER 16384
#define LLM_MAX_NAMES  8

struct llm_names { /* what stands behind PERSONNE1.. */
	str v[LLM_MAX_NAMES];
	size_t n;
};

/* The body of the request for `sentence`; `model` is the name the operator configured. */
void llm_request(struct arena *a, struct buf *out, str model, str sentence,
		 const struct talk_now *now, struct llm_names *ret_names);

/* The content that the model wrote, out of the answer of the endpoint.
 *   ERR_LIMIT   longer than LLM_MAX_ANSWER;   ERR_SYNTAX  not the form of the endpoint. */
MUST_USE enum err llm_content(struct arena *a, str answer, str *ret);

/* The proposal in `content`, believed only if every field of it stands.
 *   ERR_LIMIT   longer than LLM_MAX_ANSWER;
 *   ERR_SYNTAX  not one JSON object of the fields asked, each once and of its type;
 *   ERR_INPUT   a value that is not allowed (unknown intent, rule that does not parse, a day
 *               that does not exist or lies more than two years away, a name nobody said);
 *   ERR_RULE    it calls an emergency harmless: the sentence rings, the answer does not. */
MUST_USE enum err llm_accept(struct arena *a, str content, str sentence,
			     const struct talk_now *now, const struct llm_names *names,
			     struct talk *ret);

#endif
