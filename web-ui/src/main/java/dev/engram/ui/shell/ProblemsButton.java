package dev.engram.ui.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.StateBadge;
import dev.engram.ui.format.Kind;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.ResumeRunRequest;
import dev.engram.v1.Run;
import java.time.Duration;
import java.util.List;

/** Says in the page's head how many runs need a person; opens the panel that tells what is wrong and what to do. */
final class ProblemsButton extends Button {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Services services;
  private final Dialog panel = new Dialog("Problems");
  private final ErrorNotice notice = new ErrorNotice();
  private final Div list = new Div();
  private final Calls calls = new Calls(this, "run", this::unknown);
  private List<Run> shown = List.of();

  ProblemsButton(Services services) {
    this.services = services;
    addClassName("problems-button");
    addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    setText("Problems…");
    list.addClassName("problems");
    panel.addClassName("problems-panel");
    panel.add(notice, list);
    panel.getFooter().add(new Button("Close", _ -> panel.close()));
    panel.setWidth("640px");
    addClickListener(_ -> panel.open());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.repeat(PAUSE, () -> Problems.find(services), this::show);
  }

  private void show(List<Run> runs) {
    notice.clear();
    getElement().setAttribute("data-problems", String.valueOf(runs.size()));
    setText(runs.isEmpty() ? "No problems" : runs.size() == 1 ? "1 problem" : runs.size() + " problems");
    if (runs.equals(shown) && list.getComponentCount() > 0) {
      return;
    }
    shown = runs;
    list.removeAll();
    if (runs.isEmpty()) {
      list.add(new Paragraph("No run has failed or lost its worker."));
    }
    runs.forEach(run -> list.add(problem(run)));
  }

  private Div problem(Run run) {
    Div head = new Div(new StateBadge(run), Links.to(run.getName()),
        quiet(Kind.words(run)));
    head.addClassName("problem-head");
    Paragraph why = new Paragraph(run.getError().getMessage());
    Paragraph advice = new Paragraph(Problems.advice(run.getError()));
    advice.addClassName("quiet");
    Div problem = new Div(head, why, advice);
    problem.addClassName("problem");
    if (run.getState() == Run.State.LOST || run.getError().getRetryable()) {
      Button resume = new Button("Resume", _ -> calls.ask(
          services.runs().resumeRun(ResumeRunRequest.newBuilder().setName(run.getName()).build()), _ -> problem.setVisible(false),
          notice::show));
      resume.addThemeVariants(ButtonVariant.LUMO_SMALL);
      problem.add(resume);
    }
    return problem;
  }

  private void unknown(Failure failure) {
    setText("Runs unknown");
    getElement().setAttribute("data-problems", "?");
    notice.showRetrying(failure);
  }

  private static Span quiet(String text) {
    Span span = new Span(text);
    span.addClassName("quiet");
    return span;
  }
}
