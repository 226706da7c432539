package dev.engram.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;

/** What every page of Engram loads: theme, color scheme of the operating system, push. */
@Push
@StyleSheet("context://lumo/lumo.css")
@StyleSheet("context://engram/engram.css")
@ColorScheme(ColorScheme.Value.LIGHT_DARK)
@Viewport("width=device-width, initial-scale=1")
public class Page implements AppShellConfigurator {

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.addFavIcon("icon", "engram/icon.svg", "any");
    settings.addMetaTag("description", "Where vision encoders keep single training images, and what leaks");
  }
}
