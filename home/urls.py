"""Addresses that machines ask for."""

from django.urls import path

from home import machine_views

urlpatterns = [
    path("robots.txt", machine_views.robots, name="robots"),
    path("sitemap.xml", machine_views.sitemap, name="sitemap"),
    path(".well-known/security.txt", machine_views.security, name="security"),
    path("favicon.ico", machine_views.favicon),
]
