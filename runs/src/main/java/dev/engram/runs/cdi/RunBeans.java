package dev.engram.runs.cdi;

import dev.engram.runs.PairCatalogue;
import dev.engram.runs.Resources;
import dev.engram.runs.RunControl;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.store.catalogue.Catalogue;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What services need to make and control runs. */
@ApplicationScoped
public class RunBeans {

    @Produces
    @Singleton
    @DefaultBean
    RunTasks tasks() {
        return RunTasks.load();
    }

    @Produces
    @Singleton
    @DefaultBean
    RunSubmission submission(Catalogue catalogue, RunTasks tasks) {
        return new RunSubmission(catalogue, tasks);
    }

    @Produces
    @Singleton
    @DefaultBean
    PairCatalogue pairs(Catalogue catalogue, RunTasks tasks) {
        return new PairCatalogue(catalogue, tasks);
    }

    @Produces
    @Singleton
    @DefaultBean
    RunControl control(Catalogue catalogue) {
        return new RunControl(catalogue.runs());
    }

    @Produces
    @Singleton
    @DefaultBean
    Resources resources(Catalogue catalogue) {
        return new Resources(catalogue);
    }
}
