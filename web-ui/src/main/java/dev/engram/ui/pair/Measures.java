package dev.engram.ui.pair;

import dev.engram.ui.format.Kind;
import dev.engram.v1.AttackRun;
import dev.engram.v1.CreateClassMemRequest;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateInvarianceRequest;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreateMeasuresRequest;
import dev.engram.v1.CreateMeasuresResponse;
import dev.engram.v1.CreateOneModelRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.MetricsRun;
import dev.engram.v1.ProbeRun;
import java.util.List;

/** All that a person can start on a pair, in the order in which it is offered. */
final class Measures {
  static final List<Measure> ALL = List.of(
      Measure.of(Kind.LAYER_MEM, LayerMemForm::new, CreateLayerMemRequest.class,
          (services, request) -> services.metrics().createLayerMem(request).map(MetricsRun::getRun)),
      Measure.of(Kind.UNIT_MEM, UnitMemForm::new, CreateUnitMemRequest.class,
          (services, request) -> services.metrics().createUnitMem(request).map(MetricsRun::getRun)),
      Measure.of(Kind.MEASURES, OnePassForm::new, CreateMeasuresRequest.class,
          (services, request) -> services.metrics().createMeasures(request).map(CreateMeasuresResponse::getRun)),
      Measure.of(Kind.CLASS_MEM, ClassMemForm::new, CreateClassMemRequest.class,
          (services, request) -> services.metrics().createClassMem(request).map(MetricsRun::getRun)),
      Measure.of(Kind.INVARIANCE, InvarianceForm::new, CreateInvarianceRequest.class,
          (services, request) -> services.metrics().createInvariance(request).map(MetricsRun::getRun)),
      Measure.of(Kind.DEJA_VU, DejaVuForm::new, CreateDejaVuRequest.class,
          (services, request) -> services.attack().createDejaVu(request).map(AttackRun::getRun)),
      Measure.of(Kind.ONE_MODEL, OneModelForm::new, CreateOneModelRequest.class,
          (services, request) -> services.attack().createOneModel(request).map(AttackRun::getRun)),
      Measure.of(Kind.PROBE, ProbeForm::new, CreateProbeRequest.class,
          (services, request) -> services.trainer().createProbe(request).map(ProbeRun::getRun)));

  private Measures() {
  }

  /** The measure that a filter names, otherwise the first. */
  static Measure named(String filter) {
    return ALL.stream().filter(measure -> measure.kind().filter().equals(filter)).findFirst().orElse(ALL.getFirst());
  }
}
