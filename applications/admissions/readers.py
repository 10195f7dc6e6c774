"""The rights to applications as Wagtail's views ask for them."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from applications.admissions.rights import OPEN, allowed
from applications.models.applications import Application
from applications.models.rights import FormRight, Right, with_contained

_RIGHTS = {
    "view": Right.SEE,
    "change": Right.DECIDE,
    "export": Right.EXPORT,
    "delete": Right.DELETE,
}


class ReadersPolicy(ModelPermissionPolicy):
    """What somebody may do is said form by form, see `rights`.

    A person's rights are read once a request, as Django reads permissions: a list asks
    for each of its rows.
    """

    permission_cache_name = "_rights_to_applications"

    def get_all_permissions_for_user(self, user: Any) -> set[tuple[int, Right]]:
        """Return what is granted, by the form's number."""
        granted: dict[int, set[str]] = {}
        rows = FormRight.objects.filter(group__in=user.groups.all())
        for form, right in rows.values_list("form", "right"):
            granted.setdefault(form, set()).add(right)
        return {
            (form, right)
            for form, given in granted.items()
            for right in with_contained(given)
        }

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether there is a form for which it may be done.

        The list opens, empty, to whoever may open applications at all.
        """
        if action not in _RIGHTS or not user.has_perm(OPEN):
            return False
        if user.is_superuser or action == "view":
            return True
        granted = self.get_cached_permissions_for_user(user)
        return any(right == _RIGHTS[action] for _form, right in granted)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Any
    ) -> bool:
        if not self.user_has_permission(user, action):
            return False
        wanted = (instance.definition.page_id, _RIGHTS[action])
        return user.is_superuser or wanted in self.get_cached_permissions_for_user(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        if not user.has_perm(OPEN):
            return Application.objects.none()
        if user.is_superuser:
            return Application.objects.all()
        wanted = {_RIGHTS[action] for action in actions if action in _RIGHTS}
        granted = self.get_cached_permissions_for_user(user)
        forms = {form for form, right in granted if right in wanted}
        return Application.objects.filter(definition__page__in=forms)

    def allowed(self, user: Any, action: str) -> Any:
        """Return the applications with which ``user`` may do something.

        Raises:
            PermissionDenied: The right is missing, whatever the form.
        """
        return allowed(user, _RIGHTS[action])
