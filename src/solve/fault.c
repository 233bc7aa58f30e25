#include "solve/fault.h"

enum err plan_fault_put(struct plan_fault *f, enum err e, int line, str reason)
{
	if (f)
		*f = (struct plan_fault){ line, reason };
	return e;
}
