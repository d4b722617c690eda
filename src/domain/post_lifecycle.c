#include "post_rules.h"

#include "domain/event.h"

#define AGGREGATE_TYPE "post"

static void
raise_event(Post *self, const char *type, const char *state, const char *time_name)
{
	g_autofree char *id = uuid_to_string(&self->id.value);
	g_autofree char *author_id = uuid_to_string(&self->author_id.value);
	g_autofree char *time = timestamp_format(self->updated_at);

	domain_event_raise(&self->events, type, AGGREGATE_TYPE, &self->id.value, self->updated_at, "post_id",
	    id, "author_id", author_id, "state", state, time_name, time, NULL);
}

bool
post_publish(Post *self, Timestamp now, GError **error)
{
	switch (self->state.type) {
	case POST_DRAFT: break;
	case POST_PUBLISHED: return post_conflict(self, "is already published", error);
	case POST_ARCHIVED:
		return post_conflict(self, "is archived and can't be published: add a new post", error);
	}
	self->state = (PostState){ .type = POST_PUBLISHED, .published = { .published_at = now } };
	self->updated_at = now;
	raise_event(self, "post.published.v1", post_state_names[POST_PUBLISHED], "published_at");
	return true;
}

bool
post_archive(Post *self, Timestamp now, GError **error)
{
	Timestamp published_at = 0;

	switch (self->state.type) {
	case POST_DRAFT: break;
	case POST_PUBLISHED: published_at = self->state.published.published_at; break;
	case POST_ARCHIVED: return post_conflict(self, "is already archived", error);
	}
	self->state = (PostState){
		.type = POST_ARCHIVED,
		.archived = { .archived_at = now, .published_at = published_at },
	};
	self->updated_at = now;
	raise_event(self, "post.archived.v1", post_state_names[POST_ARCHIVED], "archived_at");
	return true;
}

bool
post_delete(Post *self, Timestamp now, GError **error)
{
	switch (self->state.type) {
	case POST_DRAFT:
	case POST_ARCHIVED: break;
	case POST_PUBLISHED:
		return post_conflict(self, "is published: archive it before it is deleted", error);
	}
	self->updated_at = now;
	raise_event(self, "post.deleted.v1", "Deleted", "deleted_at");
	return true;
}
