package dev.engram.ui.run;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Sizes;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.CancelRunRequest;
import dev.engram.v1.DeleteRunRequest;
import dev.engram.v1.DeleteRunResponse;
import dev.engram.v1.PauseRunRequest;
import dev.engram.v1.ResumeRunRequest;
import dev.engram.v1.Run;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** What a person can do to a run in its present state. */
final class RunActions extends Div {

  /** The actions there are. */
  enum Action { PAUSE, RESUME, CANCEL, DELETE }

  private final Services services;
  private final ErrorNotice notice;
  private final Calls calls;
  private final Consumer<Run> changed;
  private final Button pause = new Button("Pause", _ -> pause());
  private final Button resume = new Button("Resume", _ -> resume());
  private final Button cancel = new Button("Cancel run", _ -> cancel());
  private final Button delete = new Button("Delete", _ -> previewDelete());
  private String name = "";

  RunActions(Services services, ErrorNotice notice, Consumer<Run> changed) {
    this.services = services;
    this.notice = notice;
    this.changed = changed;
    calls = new Calls(this, "run", notice::show);
    addClassName("actions");
    cancel.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_TERTIARY);
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_TERTIARY);
    resume.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    resume.setTooltipText("It goes on from its last resume point; runs that failed because of it go on with it.");
    add(pause, resume, cancel, delete);
  }

  void show(Run run) {
    name = run.getName();
    Set<Action> possible = possible(run);
    pause.setVisible(possible.contains(Action.PAUSE));
    resume.setVisible(possible.contains(Action.RESUME));
    cancel.setVisible(possible.contains(Action.CANCEL));
    delete.setVisible(possible.contains(Action.DELETE));
  }

  /** What is possible in this run's state. */
  static Set<Action> possible(Run run) {
    if (run.getRequestedState() != Run.State.STATE_UNSPECIFIED) {
      return run.getRequestedState() == Run.State.PAUSED ? EnumSet.of(Action.CANCEL) : EnumSet.noneOf(Action.class);
    }
    return switch (run.getState()) {
      case QUEUED, RUNNING -> EnumSet.of(Action.PAUSE, Action.CANCEL);
      case PAUSED, LOST -> EnumSet.of(Action.RESUME, Action.CANCEL);
      case FAILED -> run.getError().getRetryable() ? EnumSet.of(Action.RESUME, Action.DELETE) : EnumSet.of(Action.DELETE);
      case CANCELLED -> EnumSet.of(Action.RESUME, Action.DELETE);
      case SUCCEEDED -> EnumSet.of(Action.DELETE);
      case STATE_UNSPECIFIED, UNRECOGNIZED -> EnumSet.noneOf(Action.class);
    };
  }

  private void pause() {
    calls.ask(services.runs().pauseRun(PauseRunRequest.newBuilder().setName(name).build()), changed);
  }

  private void resume() {
    calls.ask(services.runs().resumeRun(ResumeRunRequest.newBuilder().setName(name).build()), changed);
  }

  private void cancel() {
    confirm("Cancel " + Names.id(name) + "?", "It ends at its next safe point. Runs that need its result will fail; they go on with it if it is resumed.", "Cancel run",
        () -> calls.ask(services.runs().cancelRun(CancelRunRequest.newBuilder().setName(name).build()), changed));
  }

  private void previewDelete() {
    calls.ask(services.runs().deleteRun(DeleteRunRequest.newBuilder().setName(name).setValidateOnly(true).build()),
        preview -> confirm("Delete " + Names.id(name) + "?", frees(preview), "Delete",
            () -> calls.ask(services.runs().deleteRun(DeleteRunRequest.newBuilder().setName(name).build()),
                _ -> UI.getCurrent().navigate(RunListView.class))));
  }

  /** What deleting would free, in words. */
  static String frees(DeleteRunResponse preview) {
    return preview.getArtifactsCount() == 0
        ? "The run and its log are deleted; nothing in the store becomes free. This cannot be undone."
        : "The run, its log and " + Numbers.count(preview.getArtifactsCount(), "artifact") + " are deleted; this frees "
            + Sizes.bytes(preview.getFreedBytes()) + ". This cannot be undone.";
  }

  private void confirm(String title, String text, String action, Runnable confirmed) {
    notice.clear();
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader(title);
    dialog.setText(text);
    dialog.setCancelable(true);
    dialog.setCancelText("Keep it");
    dialog.setConfirmText(action);
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(_ -> confirmed.run());
    dialog.open();
  }

}
