package dev.engram.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.jboss.logging.Logger;

/** What no page expected: the reason goes to the log, a sentence to the person. A browser that went away is not an error. */
@ApplicationScoped
public class UnexpectedErrors {
  private static final Logger LOG = Logger.getLogger(UnexpectedErrors.class);

  void install(@Observes ServiceInitEvent event) {
    event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(UnexpectedErrors::handle));
  }

  private static void handle(ErrorEvent event) {
    if (event.getThrowable() instanceof IOException) {
      LOG.debug("The browser closed its connection", event.getThrowable());
      return;
    }
    LOG.error("A page failed", event.getThrowable());
    if (UI.getCurrent() != null) {
      Notification notice = Notification.show("Something in this page failed. Please reload it; its log says why.");
      notice.addThemeVariants(NotificationVariant.LUMO_ERROR);
    }
  }
}
