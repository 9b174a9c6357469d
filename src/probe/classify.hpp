#pragma once

#include "ecr6/core/words.hpp"
#include "probe/result.hpp"

namespace ecr6::probe {

/// Whether connect() itself failed, or the error came back later. A synchronous one is this host's own.
enum class Arrival { synchronous, later };

/// The word for a socket error in a stage. timed_out is the stage's clock (or the kernel's); eof the peer's FIN.
[[nodiscard]] Cause classify(Stage stage, const error_code& error, Arrival arrival = Arrival::later);

/// The word for a verify result (X509_V_*) that is not X509_V_OK.
[[nodiscard]] Cause classify_certificate(long verify_code);

}  // namespace ecr6::probe
