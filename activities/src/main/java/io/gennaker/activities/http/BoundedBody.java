package io.gennaker.activities.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Takes an answer's body into memory, up to a limit; at the first byte more the
 * connection is given up with a {@link BodyTooLargeException}.
 */
public final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

	private final HttpResponse.BodySubscriber<byte[]> bytes = HttpResponse.BodySubscribers.ofByteArray();

	private final long limit;

	private long count;

	private Flow.Subscription subscription = NONE;

	private static final Flow.Subscription NONE = new Flow.Subscription() {

		@Override
		public void request(long n) {
			// Nothing comes before onSubscribe.
		}

		@Override
		public void cancel() {
			// Nothing comes before onSubscribe.
		}

	};

	private BoundedBody(long limit) {
		this.limit = limit;
	}

	/**
	 * Takes bodies up to a limit.
	 * @param limit in bytes
	 */
	public static HttpResponse.BodyHandler<byte[]> upTo(long limit) {
		return (_) -> new BoundedBody(limit);
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.bytes.getBody();
	}

	@Override
	public void onSubscribe(Flow.Subscription given) {
		this.subscription = given;
		this.bytes.onSubscribe(given);
	}

	@Override
	public void onNext(List<ByteBuffer> item) {
		item.forEach((buffer) -> this.count += buffer.remaining());
		if (this.count > this.limit) {
			this.subscription.cancel();
			this.bytes.onError(new BodyTooLargeException(this.limit));
		}
		else {
			this.bytes.onNext(item);
		}
	}

	@Override
	public void onError(Throwable throwable) {
		this.bytes.onError(throwable);
	}

	@Override
	public void onComplete() {
		if (this.count <= this.limit) {
			this.bytes.onComplete();
		}
	}

}
