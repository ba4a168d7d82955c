"""Every address of the reading room: one word, one app."""

from __future__ import annotations

from django.urls import include, path

from dadkhah.web import views
from dadkhah.web.claims.views import desk

urlpatterns = [
    path("", views.overview, name="overview"),
    path("accounts/", include("dadkhah.web.accounts.urls")),
    path("custody/", include("dadkhah.web.custody.urls")),
    path("sources/", include("dadkhah.web.sources.urls")),
    path("sources/<slug:source_id>/", desk, name="desk"),
    path("claims/", include("dadkhah.web.claims.urls")),
    path("people/", include("dadkhah.web.people.urls")),
    path("posts/", include("dadkhah.web.posts.urls")),
    path("estimate/", include("dadkhah.web.estimate.urls")),
    path("contribute/", include("dadkhah.web.contributions.urls")),
    path("contributions/", include("dadkhah.web.contributions.desk_urls")),
    path("memorial/", include("dadkhah.web.memorial.urls")),
    path("team/", include("dadkhah.web.team.urls")),
]
handler400 = "dadkhah.web.views.bad_request"
handler403 = "dadkhah.web.views.forbidden"
handler404 = "dadkhah.web.views.not_found"
handler500 = "dadkhah.web.views.failed"
