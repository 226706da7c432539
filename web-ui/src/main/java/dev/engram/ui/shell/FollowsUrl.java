package dev.engram.ui.shell;

/** A part of a page that changes itself when the page's URL changes, so that what is still right stays where it is. */
public interface FollowsUrl {

  /** Shows what this state says; the path is the one the part was made for. */
  void follow(UrlState url);
}
