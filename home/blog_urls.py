from django.urls import path

from home.feeds import BlogFeed

urlpatterns = [path("feed/", BlogFeed(), name="blog_feed")]
