package io.gennaker.web.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;

/**
 * The SDK's own test server, on real time. The SDK's public way to give it a port
 * ({@code TestServer.createPortBoundServer}) would bind it to every interface of the
 * machine, open to anyone; so its parts are put together here.
 */
record InProcessTemporal(TestServicesStarter services, Server server) implements Closeable {

	static InProcessTemporal start() throws IOException {
		boolean onRealTime = true;
		TestServicesStarter services = new TestServicesStarter(onRealTime, 0);
		NettyServerBuilder builder = NettyServerBuilder
			.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
		return new InProcessTemporal(services, builder.build().start());
	}

	String target() {
		return "127.0.0.1:" + this.server.getPort();
	}

	@Override
	public void close() {
		this.server.shutdownNow();
		try {
			this.server.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.services.close();
	}

}
